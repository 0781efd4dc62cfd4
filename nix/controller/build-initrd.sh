# Builds the minimal controller's kernel and initramfs. Structured by minimal.nix, which sets the variables used here.
# The cpio is not compressed: it starts sooner under TCG, and Nix finds the store paths named in it.
# shellcheck shell=bash
set -euo pipefail
root=$TMPDIR/root
mkdir -p "$out" "$root/casement/modules" "$root/etc"
cp "$kernelImage" "$out/vmlinux"
cp "$busybox" "$root/casement/busybox"
ln -s busybox "$root/casement/nc"
cp "$init" "$root/init"
cp "$relay" "$root/casement/relay.sh"
chmod 755 "$root/init" "$root/casement/busybox"
cp "$smbConf" "$root/casement/smb.conf"
cp "$smbPasswd" "$root/casement/smbpasswd"
chmod 600 "$root/casement/smbpasswd"

# modprobe knows the order: each module after what it needs, and each once. Built-in ones are printed as "builtin NAME".
number=100
declare -A seen
for wanted in $modules; do
  dependencies=$(modprobe --config /dev/null --dirname "$kernelModules" --set-version "$kernelVersion" --show-depends "$wanted")
  while read -r verb file _; do
    [ "$verb" = insmod ] && [ -z "${seen[$file]:-}" ] || continue
    seen[$file]=1
    name=$(basename "$file")
    target=$root/casement/modules/$number-${name%%.ko*}.ko
    case $file in
      *.ko) cp "$file" "$target" ;;
      *.ko.xz) xz --decompress --stdout "$file" >"$target" ;;
      *.ko.zst) zstd --quiet --decompress --stdout "$file" >"$target" ;;
      *.ko.gz) gzip --decompress --stdout "$file" >"$target" ;;
      *) echo "$file: module in a form that is not known; allowed: .ko, .ko.xz, .ko.zst, .ko.gz" >&2; exit 1 ;;
    esac
    number=$((number + 1))
  done <<<"$dependencies"
done

# What a program needs in a memory that has nothing else: itself, its loader and its libraries, as the loader finds them.
list_files() {
  if [ "$(head --bytes=4 "$1")" != $'\x7fELF' ]; then
    echo "$1: is not a program that can be taken into memory by itself (a script?)" >&2
    return 1
  fi
  local libraries
  libraries=$(LD_TRACE_LOADED_OBJECTS=1 "$1")
  echo "$1"
  while read -r name arrow path _; do
    case "$name $arrow $path" in
      /*) echo "$name" ;;
      *" => /"*) echo "$path" ;;
      *" => not"*) echo "$1: its library $name was not found" >&2; return 1 ;;
    esac
  done <<<"$libraries"
}
list_files "$smbd" >"$root/casement/smbd.files"

# NEGOTIATE for SMB 3.1.1 (MS-SMB2, 2.2.1.2 and 2.2.3): what a client says first, so that smbd has answered one before the guest asks. Its
# lengths: 4 of the transport, then 64, 36 and padding, a context with 32 bytes of salt that nobody uses, and one that names AES-128-GCM.
smb_hello() {
  zeros() { head --bytes="$1" /dev/zero; }
  printf '\0\0\0\244\376SMB\100' && zeros 9 && printf '\1' && zeros 49
  printf '\44\0\1\0\1' && zeros 23 && printf '\150\0\0\0\2\0\0\0\21\3\0\0'
  printf '\1\0\46\0\0\0\0\0\1\0\40\0\1\0' && zeros 34
  printf '\2\0\4\0\0\0\0\0\1\0\2\0'
}
smb_hello >"$root/casement/smb-hello"

cat >"$root/casement/settings" <<SETTINGS
address=${address%/*}
netmask_bits=${address#*/}
guest=$guestAddress
xchg_tag=$xchgTag
SETTINGS

# Samba looks its user up in passwd: NAME:UID:… of smbpasswd.
IFS=: read -r user uid _ <"$smbPasswd"
cat >"$root/etc/passwd" <<PASSWD
root:x:0:0::/root:/bin/sh
nobody:x:65534:65534::/:/bin/false
$user:x:$uid:100::/:/bin/false
PASSWD
printf 'root:x:0:\nusers:x:100:\nnogroup:x:65534:\n' >"$root/etc/group"
printf 'passwd: files\ngroup: files\nhosts: files\n' >"$root/etc/nsswitch.conf"
printf '127.0.0.1 localhost\n%s controller\n' "${address%/*}" >"$root/etc/hosts"

# The same bytes for the same inputs: sorted names, no owners, no times.
find "$root" -exec touch --no-dereference --date=@1 {} +
(cd "$root" && find . -mindepth 1 -printf '%P\0' | LC_ALL=C sort --zero-terminated |
  cpio --null --create --format=newc --reproducible --owner=0:0 --quiet) >"$out/initrd"
