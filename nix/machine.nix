# Reads the generated machine.json, and refuses one that another version of Casement wrote.
{ lib, dir }:
let
  version = 1;
  file = dir + "/machine.json";
  machine = lib.importJSON file;
  got = machine.version or null;
  remedy =
    if lib.isInt got && got > version then
      "It comes from a newer casement than this one. Run: nix flake update casement (or take a newer source), or generate with this one."
    else
      "Run this casement's generator and commit what it writes: casement generate";
in
lib.throwIfNot (builtins.pathExists file)
  ''
    casement: ${toString dir}/machine.json: not found
      Run: casement generate. A flake in git sees tracked files only: git add --intent-to-add ${baseNameOf (toString dir)}''
  (
    lib.throwIf (got != version) ''
      casement: ${toString dir}/machine.json: version is not supported, got ${builtins.toJSON got}; allowed: ${toString version}
        ${remedy}'' machine
  )
