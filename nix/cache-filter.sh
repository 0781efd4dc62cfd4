# usage: casement-cache-filter STORE-PATH…    or `-` for paths on standard input, one a line
# Prints those that may be pushed to a cache. Left out are Windows and what Casement makes of it, by name (casement-…, ….iso),
# and whatever refers to such a path, because caches take closures. Says on standard error what stays, and why.
if (($# == 0)); then
  echo "casement-cache-filter: no path given; usage: casement-cache-filter STORE-PATH… | -" >&2
  exit 2
fi
if [ "$1" = - ]; then mapfile -t paths; else paths=("$@"); fi

# A daemon's hook may have a PATH without Nix.
PATH=$PATH:/run/current-system/sw/bin:/nix/var/nix/profiles/default/bin

# The first path of a closure that must not leave this machine.
find_private() {
  local path name
  for path in "$@"; do
    name=${path##*/}
    name=${name#*-}
    case ${name,,} in casement-* | *.iso)
      echo "${path##*/}"
      return
      ;;
    esac
  done
}

for path in "${paths[@]}"; do
  # On its own line, so that a path which Nix does not know ends this with Nix' message.
  closure=$(nix-store --query --requisites "$path")
  # shellcheck disable=SC2086 -- store paths have no blanks
  private=$(find_private $closure)
  if [ -z "$private" ]; then
    echo "$path"
  else
    echo "casement-cache-filter: ${path##*/} stays here, because of $private" >&2
  fi
done
