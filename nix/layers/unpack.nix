# An archive or a folder -> a folder in the store with what is in it.
{ toolPkgs }:
let
  inherit (toolPkgs) lib;
  # Not pathExists of "PATH/.": a path is normalised first, so that every file would be a folder.
  isFolder = value: lib.isPath value && builtins.readFileType value == "directory";
in
{
  name,
  # A file or a folder: a path, a derivation, or an input of a flake.
  archive,
  # Leaves out the one folder that everything is in.
  stripRoot,
}:
if isFolder archive && !stripRoot then
  archive
else
  toolPkgs.runCommand "casement-layer-${name}"
    {
      archive = "${archive}";
      inherit stripRoot;
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
      if [ -d "$archive" ]; then
        cp -r "$archive"/. tree
      else
        case $archive in
          *.tar | *.tar.* | *.tgz | *.tbz | *.tbz2 | *.txz | *.tzst) tar --extract --file "$archive" --directory tree ;;
          *) 7zz x -bd -y -otree "$archive" >/dev/null ;;
        esac
      fi
      # What is read-only cannot be moved.
      chmod -R u+w tree
      if [ -n "$stripRoot" ]; then
        shopt -s dotglob nullglob
        set -- tree/*
        if [ $# != 1 ] || [ ! -d "$1" ]; then
          echo "$archive: has ''${#} entries at its top and not one folder, so none can be left out: ''${*#tree/}. Say stripRoot = false" >&2
          exit 1
        fi
        mv "$1" "$out"
      else
        mv tree "$out"
      fi
    ''
