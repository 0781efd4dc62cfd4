# casement-dig-holes: frozen memories that came through a cache take their whole size on disk, until this has been run (docs/farm.md).
{ toolPkgs }:
toolPkgs.writeShellApplication {
  name = "casement-dig-holes";
  runtimeInputs = [
    toolPkgs.coreutils
    (toolPkgs.util-linuxMinimal or toolPkgs.util-linux)
  ];
  text = builtins.readFile ./dig-holes.sh;
}
