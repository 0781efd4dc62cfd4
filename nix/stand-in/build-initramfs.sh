# The one initramfs of the stand-in: finds the install medium or the installed disk and goes on there.
# Environment: busybox (static program), kernel (folder with lib/modules), files (this folder's files), out (the cpio to write).
set -euo pipefail
. "$scripts/modules.sh"

tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree"/{bin,dev,proc,sys,cd,disk,modules}
cp "$(realpath "$busybox")" "$tree/bin/busybox"
chmod 755 "$tree/bin/busybox"
ln -s busybox "$tree/bin/sh"
cp "$files/initramfs/init" "$tree/init"
chmod 755 "$tree/init"
copy_modules "$kernel" "$tree/modules" ata_piix >"$tree/modules/ide"
copy_modules "$kernel" "$tree/modules" ahci >"$tree/modules/ahci"
copy_modules "$kernel" "$tree/modules" sd_mod ext4 crc32c_generic >"$tree/modules/disk"
copy_modules "$kernel" "$tree/modules" sr_mod isofs >"$tree/modules/cd"
# insmod refuses a module twice, so each list names what earlier ones cannot have loaded; ide and ahci share libata.
printf '%s\n' scsi_common scsi_mod libata ata_piix >"$tree/modules/ide"
printf '%s\n' scsi_common scsi_mod libata libahci ahci >"$tree/modules/ahci"
find "$tree" -exec touch -h -d @315532800 {} +
(cd "$tree" && find . | LC_ALL=C sort | cpio -o -H newc --reproducible --quiet -R 0:0) >"$out"
