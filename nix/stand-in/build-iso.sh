# The install medium. Environment: pe windows (trees) bzImage initramfs syslinux files editions (a text file: one image
# name a line, in the order of their indexes) wimlibImagex xorriso label out.
set -euo pipefail
tree=$(mktemp -d)
trap 'chmod -R u+w "$tree"; rm -rf "$tree"' EXIT
mkdir -p "$tree"/{isolinux,sources}
cp -L "$bzImage" "$tree/isolinux/vmlinuz"
cp "$initramfs" "$tree/isolinux/initrd"
cp "$syslinux"/{isolinux.bin,ldlinux.c32} "$tree/isolinux/"
chmod 644 "$tree"/isolinux/*
cp "$files/isolinux.cfg" "$tree/isolinux/"
printf 'This medium is the stand-in of casement: it plays Windows Setup and is not Windows.\r\n' >"$tree/README.TXT"

wim=$tree/sources/install.wim
command=capture
while read -r edition; do
  # Files that images share are stored once.
  "$wimlibImagex" "$command" "$windows" "$wim" "$edition" "$edition (stand-in)" --unix-data --compress=none --no-acls --check --threads=2 \
    --image-property "DISPLAYNAME=$edition" --image-property "DISPLAYDESCRIPTION=$edition (stand-in)" >/dev/null
  command=append
done <"$editions"

"$xorriso" -as mkisofs -quiet -o "$out" -V "$label" -J -joliet-long -r -b isolinux/isolinux.bin -c isolinux/boot.cat \
  -no-emul-boot -boot-load-size 4 -boot-info-table \
  --modification-date=1980010100000000 -graft-points /="$tree" /pe="$pe"
