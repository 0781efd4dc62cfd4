# An archive -> a folder in the store with what is in it; a folder stays what it is.
{ toolPkgs }:
let
  inherit (toolPkgs) lib;
  isFolder = value: lib.isPath value && builtins.pathExists (value + "/.");
in
{
  name,
  archive,
  stripRoot,
}:
if isFolder archive then
  archive
else
  toolPkgs.runCommand "casement-layer-${name}"
    {
      inherit archive stripRoot;
      nativeBuildInputs = [
        toolPkgs._7zz
        toolPkgs.gnutar
        toolPkgs.xz
        toolPkgs.zstd
        toolPkgs.gzip
        toolPkgs.bzip2
      ];
      preferLocalBuild = true;
    }
    ''
      mkdir tree
      case $archive in
        *.tar | *.tar.* | *.tgz) tar --extract --file "$archive" --directory tree ;;
        *) 7zz x -bd -y -otree "$archive" >/dev/null ;;
      esac
      if [ -n "$stripRoot" ]; then
        set -- tree/*
        if [ $# != 1 ] || [ ! -d "$1" ]; then
          echo "$archive: has more than one entry at its top, so none can be left out: ''${*#tree/}. Say stripRoot = false" >&2
          exit 1
        fi
        mv "$1" "$out"
      else
        mv tree "$out"
      fi
    ''
