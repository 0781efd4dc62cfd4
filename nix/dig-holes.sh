# usage: casement-dig-holes [FILE…]
# Makes pages of zeros holes again, in the frozen memories of this machine's store or in the files that are named. As root. The
# contents stay as they are, so the store stays valid, and machines may be running from them meanwhile.
if (($# == 0)); then
  store=${NIX_STORE_DIR:-/nix/store}
  shopt -s nullglob
  set -- "$store"/*-casement-*-snapshot-ram/ram
  (($# > 0)) || { echo "casement-dig-holes: no frozen memory in $store that could have holes" && exit 0; }
fi

# Where the store is mounted read-only, as on NixOS, it is made writable for this process alone.
for file; do
  [ -e "$file" ] || { echo "casement-dig-holes: $file does not exist" >&2 && exit 1; }
  if [ ! -w "$file" ] && ((EUID != 0)); then
    echo "casement-dig-holes: $file is not yours to write; run this as root (sudo)" >&2 && exit 1
  fi
  if [ ! -w "$file" ] && [ -z "${CASEMENT_OWN_MOUNTS-}" ]; then
    CASEMENT_OWN_MOUNTS=1 exec unshare --mount --propagation private -- "$0" "$@"
  fi
  if [ ! -w "$file" ]; then
    # Of mounts that lie upon one another, the last is the one that counts; all have the same target.
    mount -o remount,rw,bind "$(findmnt --noheadings --first-only --output TARGET --target "$file")"
  fi
done

on_disk() { echo "$(($(stat --format %b "$1") * 512 / 1048576)) MiB"; }

for file; do
  before=$(on_disk "$file")
  fallocate --dig-holes "$file"
  # As Nix has it for everything in the store.
  touch --date=@1 "$file"
  echo "$file: $before on disk, now $(on_disk "$file")"
done
