# What builds source as $stdenv/setup: nixpkgs' setup.sh, with what its stdenv would have written before it, and Windows'
# own programs at the end of PATH, which setup.sh has emptied. Only files: nothing in it is a program of Linux.
{
  lib,
  node,
  # nixpkgs' stdenv, and what it was made with
  base,
  given,
  machine,
}:
let
  linux = lib.filter lib.isDerivation (given.extraNativeBuildInputs ++ given.extraBuildInputs);
in
lib.throwIf (linux != [ ])
  "casement: ${machine.name}: stdenv.override: ${
    lib.concatMapStringsSep ", " (input: "'${input.name}'") linux
  }: only files of shell, such as hooks, can be extra inputs of every build"
  (
    derivation {
      name = "casement-stdenv-setup";
      system = "x86_64-linux";
      builder = node;
      args = [ ./write-setup.mjs ];
      inherit (base) setup;
      # Hooks that are scripts (outputs, shebangs, man pages); others bring programs of Linux.
      hooks = lib.filter (hook: !(lib.isDerivation hook)) (base.defaultNativeBuildInputs ++ base.defaultBuildInputs);
      preHook = base.preHook or "";
    }
  )
