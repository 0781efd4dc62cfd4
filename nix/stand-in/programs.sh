# Functions that build-*.sh share: they copy programs with their libraries into a tree that runs without the machine
# that built it. A session mounts the store's share over /nix/store, so nothing in a tree may point there.

# use_libraries FOLDER PREFIX: libraries of the programs that follow go to FOLDER, which will be PREFIX when they run.
use_libraries() {
  library_folder=$1
  library_prefix=$2
  mkdir -p "$library_folder"
}

# copy_program FILE TARGET: FILE may be a link (such as nixpkgs' and Debian's alternatives); scripts are refused.
copy_program() {
  local source target=$2 interpreter
  source=$(realpath "$1")
  if [ "$(head -c 4 "$source" | tail -c 3)" != ELF ]; then
    echo "$1: not an ELF program ($source)" >&2
    return 1
  fi
  mkdir -p "$(dirname "$target")"
  rm -f "$target"
  cp "$source" "$target"
  chmod 755 "$target"
  interpreter=$(patchelf --print-interpreter "$source" 2>/dev/null) || return 0
  copy_libraries "$source" "$interpreter"
  patchelf --set-interpreter "$library_prefix/$(basename "$interpreter")" --force-rpath --set-rpath "$library_prefix" "$target"
}

# The loader itself says which libraries a program would get (what ldd does, without ldd).
copy_libraries() {
  local program=$1 interpreter=$2 name arrow path
  copy_library "$interpreter"
  while read -r name arrow path _; do
    if [ "$arrow" = "=>" ] && [ "${path#/}" != "$path" ]; then copy_library "$path"; fi
  done < <("$interpreter" --list "$program")
}

copy_library() {
  local target=$library_folder/$(basename "$1")
  [ ! -e "$target" ] || return 0
  cp -L "$1" "$target"
  chmod 755 "$target"
  case $(basename "$1") in
    ld-linux*) ;;
    *) patchelf --force-rpath --set-rpath "$library_prefix" "$target" ;;
  esac
}
