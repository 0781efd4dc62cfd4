# A package folder shaped like Cygwin's: setup-x86_64.exe, x86_64/setup.ini, x86_64/release/NAME/NAME-VERSION.tar.zst.
# The archives hold real programs (of Linux); the package cygwin holds the libraries of all of them, as cygwin1.dll would.
# Environment: bash coreutils findutils diffutils gnused gnugrep gawk gnutar gzip bzip2 xz zstd openssh gnumake gnupatch
# binutils (folders with bin/), sftpServer file tcc (programs), magic (a file), tccLibrary muslInclude muslLibrary (folders),
# files, scripts, out; wine: the tree of stand-in-wine where it is wanted, or nothing.
set -euo pipefail
. "$scripts/programs.sh"
trees=$(mktemp -d)
trap 'chmod -R u+w "$trees"; rm -rf "$trees"' EXIT
use_libraries "$trees/cygwin/usr/lib/stand-in" /usr/lib/stand-in
release=$out/x86_64/release
mkdir -p "$release"

# programs PACKAGE FOLDER NAME...: real programs into /usr/bin of a package.
programs() {
  local package=$1 folder=$2 name
  shift 2
  for name in "$@"; do copy_program "$folder/bin/$name" "$trees/$package/usr/bin/$name"; done
}
# scripts PACKAGE NAME...: the stand-in's own.
scripts_of() {
  local package=$1
  shift
  mkdir -p "$trees/$package/usr/bin"
  for name in "$@"; do install -m 755 "$files/cygwin/bin/$name" "$trees/$package/usr/bin/$name"; done
}

# call PACKAGE NAME COMMAND...: a program that is another one with options, for /bin/sh.
call() {
  local target=$trees/$1/usr/bin/$2
  printf '#!/bin/sh\nexec %s "$@"\n' "${*:3}" >"$target"
  chmod 755 "$target"
}

programs bash "$bash" bash
ln -s bash "$trees/bash/usr/bin/sh"
# uname is the stand-in's own.
# shellcheck disable=SC2046
programs coreutils "$coreutils" $(echo '[ b2sum base32 base64 basename cat chgrp chmod chown chroot cksum comm cp csplit cut date dd df dir dirname du echo env
  expand expr factor false fmt fold groups head id install join link ln logname ls md5sum mkdir mkfifo mknod mktemp mv nice nl nohup nproc numfmt od
  paste pathchk pr printenv printf ptx pwd readlink realpath rm rmdir seq sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split
  stat stdbuf stty sum sync tac tail tee test timeout touch tr true truncate tsort tty unexpand uniq unlink users vdir wc who yes' |
  tr ' ' '\n' | while read -r name; do if [ -z "$name" ] || [ ! -e "$coreutils/bin/$name" ]; then continue; fi; echo "$name"; done)
programs findutils "$findutils" find xargs
programs diffutils "$diffutils" diff cmp
programs sed "$gnused" sed
programs grep "$gnugrep" grep
call grep egrep grep -E
call grep fgrep grep -F
programs gawk "$gawk" gawk
ln -s gawk "$trees/gawk/usr/bin/awk"
programs tar "$gnutar" tar
programs gzip "$gzip" gzip
call gzip gunzip gzip -d
call gzip zcat gzip -cd
programs bzip2 "$bzip2" bzip2
ln -s bzip2 "$trees/bzip2/usr/bin/bunzip2"
programs xz "$xz" xz
ln -s xz "$trees/xz/usr/bin/unxz"
programs zstd "$zstd" zstd
programs openssh "$openssh" ssh ssh-keygen ssh-keyscan ssh-add ssh-agent scp sftp
copy_program "$openssh/bin/sshd" "$trees/openssh/usr/libexec/sshd"
for program in sshd-session sshd-auth; do
  if [ -e "$openssh/libexec/$program" ]; then copy_program "$openssh/libexec/$program" "$trees/openssh/usr/libexec/$program"; fi
done
copy_program "$sftpServer" "$trees/openssh/usr/sbin/sftp-server"
install -m 755 "$files/cygwin/bin/sshd" "$trees/openssh/usr/sbin/sshd"
programs make "$gnumake" make
programs patch "$gnupatch" patch
programs binutils "$binutils" ar as ld nm objdump ranlib readelf size strings strip
copy_program "$file" "$trees/file/usr/libexec/file"
install -D -m 644 "$magic" "$trees/file/usr/share/misc/magic.mgc"
# The compiler: its own folder as the driver script knows it, and a libc with its headers where Cygwin's is.
copy_program "$tcc" "$trees/gcc-core/usr/lib/tcc/tcc"
cp -rL "$tccLibrary/include" "$tccLibrary/libtcc1.a" "$trees/gcc-core/usr/lib/tcc/"
mkdir -p "$trees/cygwin-devel/usr/lib"
cp -rL "$muslInclude" "$trees/cygwin-devel/usr/include"
cp -L "$muslLibrary"/*.[ao] "$trees/cygwin-devel/usr/lib/"
chmod -R u+w "$trees"
scripts_of file file
scripts_of gcc-core gcc
ln -s gcc "$trees/gcc-core/usr/bin/cc"
scripts_of which which
scripts_of openssh ssh-host-config
scripts_of cygrunsrv cygrunsrv
scripts_of hostname hostname
scripts_of cygwin cygpath mount umount mkpasswd passwd uname
ln -s usr/bin "$trees/cygwin/bin"
ln -s usr/lib "$trees/cygwin/lib"
mkdir -p "$trees/base-cygwin"/{etc/postinstall,home,usr/local/bin,usr/sbin,var/empty,var/log}
install -m 644 "$files/cygwin/profile" "$trees/base-cygwin/etc/profile"
install -m 755 "$files/cygwin/base-cygwin.sh" "$trees/base-cygwin/etc/postinstall/base-cygwin.sh"

# pack NAME VERSION CATEGORY DESCRIPTION [NEEDS...]
pack() {
  local name=$1 version=$2 category=$3 description=$4 archive
  shift 4
  archive=x86_64/release/$name/$name-$version.tar.zst
  mkdir -p "$release/$name"
  tar -c --sort=name --mtime=@315532800 --owner=0 --group=0 --numeric-owner -C "$trees/$name" . | zstd -q -3 >"$out/$archive"
  printf '\n@ %s\nsdesc: "%s"\ncategory: %s\nrequires: %s\nversion: %s\ninstall: %s %s %s\ndepends2: %s\n' \
    "$name" "$description" "$category" "$*" "$version" "$archive" "$(stat -c %s "$out/$archive")" \
    "$(sha512sum "$out/$archive" | cut -d ' ' -f 1)" "$(echo "$*" | sed 's/ /, /g')" >>"$out/x86_64/setup.ini"
}
printf '# made by casement for its stand-in; the real list is another one\nrelease: casement-stand-in\narch: x86_64\nsetup-timestamp: 315532800\nsetup-version: 2.937\nsetup-minimum-version: 2.895\n' >"$out/x86_64/setup.ini"
pack base-cygwin 3.8-1 Base 'Initial base installation' cygwin bash coreutils
pack bash 5.2-1 'Base Shells' 'The shell' cygwin
pack binutils 2.40-1 Devel 'Archives, objects, and what is in them' cygwin
pack bzip2 1.0-1 'Base Archive' 'Compression' cygwin
pack coreutils 9.1-1 'Base Utils' 'File, text and shell utilities' cygwin
pack cygrunsrv 1.62-1 Admin 'Services' cygwin bash
pack cygwin 3.6-1 Base 'Libraries and tools of the stand-in for Cygwin' base-cygwin
pack cygwin-devel 1.2-1 Devel 'Headers and static libraries: musl' cygwin
pack diffutils 3.8-1 Base 'Differences' cygwin
pack file 5.44-1 Utils 'What kind of file it is' cygwin
pack findutils 4.9-1 Base 'find and xargs' cygwin
pack gawk 5.2-1 Base 'Awk' cygwin
pack gcc-core 0.9.27-1 Devel 'C compiler: tcc in the place of gcc' cygwin cygwin-devel binutils bash
pack grep 3.8-1 Base 'grep' cygwin
pack gzip 1.12-1 'Base Archive' 'Compression' cygwin
pack hostname 3.13-1 'Base System' 'Name of the machine' cygwin bash
pack make 4.3-1 Devel 'make' cygwin bash
pack openssh 9.2-1 Net 'The OpenSSH server and client' cygwin bash coreutils cygrunsrv
pack patch 2.7-1 Devel 'patch' cygwin
pack sed 4.9-1 Base 'sed' cygwin
pack tar 1.34-1 'Base Archive' 'tar' cygwin
if [ -n "$wine" ]; then
  cp -r "$wine" "$trees/stand-in-wine"
  chmod -R u+w "$trees/stand-in-wine"
  pack stand-in-wine 8.0-1 Utils 'Windows programs run: Wine' cygwin bash sed hostname
fi
pack which 2.21-1 'Base System' 'Where a program is' cygwin bash
pack xz 5.4-1 'Base Archive' 'Compression' cygwin
pack zstd 1.5-1 'Base Archive' 'Compression' cygwin
install -m 755 "$files/cygwin/setup-x86_64.exe" "$out/setup-x86_64.exe"
