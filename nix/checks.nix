# `nix flake check`: what can be said without starting a VM. The end-to-end test and everything in Windows are elsewhere
# (npm test, and `tests` of each loaded machine).
{
  toolPkgs,
  packages,
  casement,
}:
let
  inherit (toolPkgs) lib;
  standIn = casement.lib.standIn { };
  loaded = casement.lib.load {
    pkgs = toolPkgs;
    dir = ../test/golden/hello;
    inherit (standIn) iso cygwin;
  };
  hello = loaded.runCommand "hello" { greeting = "hello"; } ''echo "$greeting from ${toolPkgs.writeText "name" "Nix"}"'';
in
{
  inherit (packages)
    casement
    runtime
    agent
    cache-filter
    dig-holes
    ;

  # All three stages evaluate, and nothing of them is built: the paths are plain text here.
  evaluation = toolPkgs.writeText "casement-evaluation" (
    lib.concatMapStringsSep "\n" (drv: builtins.unsafeDiscardStringContext drv.drvPath) [
      loaded.image
      loaded
      hello
    ]
  );
}
