# The folder pe/ of the install medium: what Setup's part runs on, read-only from the CD.
# Environment: busybox node bundle wimlibImagex mke2fs debugfs extlinux syslinux(folder with mbr.bin, ldlinux.c32)
# systemdBoot(the UEFI boot loader) kernel files scripts out.
set -euo pipefail
. "$scripts/programs.sh"
. "$scripts/modules.sh"
bin=$out/stand-in/bin
mkdir -p "$out"/{dev,proc,sys,run,medium,etc} "$bin" "$out"/stand-in/{syslinux,efi,modules}
ln -s run "$out/tmp"
ln -s /proc/self/mounts "$out/etc/mtab"
use_libraries "$out/stand-in/lib" /stand-in/lib
copy_program "$busybox" "$bin/busybox"
for applet in sh mount umount reboot poweroff blockdev mkdosfs; do ln -s busybox "$bin/$applet"; done
copy_program "$node" "$bin/node"
copy_program "$wimlibImagex" "$bin/wimlib-imagex"
copy_program "$mke2fs" "$bin/mke2fs"
copy_program "$debugfs" "$bin/debugfs"
copy_program "$extlinux" "$bin/extlinux"
cp "$bundle" "$out/stand-in/lib/stand-in.mjs"
cp "$files/pe/setup" "$bin/setup"
chmod 755 "$bin/setup"
cp "$files/windows/programs.txt" "$out/stand-in/"
# WinPE's drives are folders in memory.
ln -s run/cygdrive "$out/cygdrive"
cp "$syslinux"/{mbr.bin,ldlinux.c32} "$out/stand-in/syslinux/"
cp "$systemdBoot" "$out/stand-in/efi/systemd-bootx64.efi"
copy_modules "$kernel" "$out/stand-in/modules" floppy vfat nls_cp437 nls_iso8859-1 nls_ascii nls_utf8 efivarfs >"$out/stand-in/modules/setup"
