# usage: casement-dig-holes [FILE…]
# Makes pages of zeros holes again, in the frozen memories of this machine's store or in the files that are named. As root. The
# contents stay as they are, so the store stays valid, and machines may be running from them meanwhile.
if (($# == 0)); then
  shopt -s nullglob
  set -- /nix/store/*-casement-*-snapshot-ram/ram
fi

# Where the store is mounted read-only, as on NixOS, it is made writable for this process alone.
for file; do
  [ -e "$file" ] || { echo "casement-dig-holes: $file does not exist" >&2 && exit 1; }
  if [ ! -w "$file" ] && [ -z "${CASEMENT_OWN_MOUNTS-}" ]; then
    CASEMENT_OWN_MOUNTS=1 exec unshare --mount --propagation private -- "$0" "$@"
  fi
  if [ ! -w "$file" ]; then
    mount -o remount,rw,bind "$(findmnt --noheadings --output TARGET --target "$file")"
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
