# The install medium. Environment: pe windows (trees) bzImage initramfs syslinux systemdBoot files editions (a text file:
# one image name a line, in the order of their indexes) wimlibImagex xorriso mformat mmd mcopy label out.
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

# What UEFI starts: a FAT image with the same kernel and initramfs, 1 MiB larger than they are. Times and ids are fixed.
export SOURCE_DATE_EPOCH=315532800 MTOOLS_SKIP_CHECK=1
efi=$(mktemp -d)
trap 'chmod -R u+w "$tree"; rm -rf "$tree" "$efi"' EXIT
mkdir -p "$efi/loader/entries"
printf 'timeout 0\neditor no\n' >"$efi/loader/loader.conf"
printf 'title setup\nlinux /vmlinuz\ninitrd /initrd\noptions stand-in=setup console=tty0 quiet\n' >"$efi/loader/entries/setup.conf"
kib=$(du -k --apparent-size -c "$tree"/isolinux/{vmlinuz,initrd} "$systemdBoot" -L | tail -n 1 | cut -f 1)
truncate -s "$(((kib + 1024) / 32 * 32))K" "$tree/isolinux/efi.img"
"$mformat" -i "$tree/isolinux/efi.img" -N 0ca5e3e7 -v STAND_IN ::
"$mmd" -i "$tree/isolinux/efi.img" ::/EFI ::/EFI/BOOT
"$mcopy" -i "$tree/isolinux/efi.img" "$systemdBoot" ::/EFI/BOOT/BOOTX64.EFI
"$mcopy" -i "$tree/isolinux/efi.img" "$tree"/isolinux/{vmlinuz,initrd} ::/
"$mcopy" -s -i "$tree/isolinux/efi.img" "$efi/loader" ::/

# What a WIM says of an image, as far as the image's name tells it. No build: the stand-in has none of Windows'.
describe() {
  local installs=Client id
  case $1 in
    *Server*CORE) installs="Server Core" ;;
    *Server*) installs=Server ;;
  esac
  case $1 in
    *SERVERSTANDARD*) id=ServerStandard ;;
    *SERVERDATACENTER*) id=ServerDatacenter ;;
    *SERVERENTERPRISE*) id=ServerEnterprise ;;
    *" IoT Enterprise LTSC"*) id=IoTEnterpriseS ;;
    *" Enterprise LTSC"*) id=EnterpriseS ;;
    *" Enterprise"* | *" ENTERPRISE") id=Enterprise ;;
    *" Education") id=Education ;;
    *" Home") id=Core ;;
    *" Pro" | *" PROFESSIONAL") id=Professional ;;
    *) id= ;;
  esac
  case $1 in *" Evaluation") id+=Eval ;; esac
  printf '%s\n' "WINDOWS/ARCH=9" "WINDOWS/INSTALLATIONTYPE=$installs" ${id:+"WINDOWS/EDITIONID=$id"} \
    "WINDOWS/LANGUAGES/LANGUAGE=en-US" "WINDOWS/LANGUAGES/DEFAULT=en-US"
}

wim=$tree/sources/install.wim
command=capture
while read -r edition; do
  mapfile -t properties < <(describe "$edition")
  # Files that images share are stored once.
  "$wimlibImagex" "$command" "$windows" "$wim" "$edition" "$edition (stand-in)" --unix-data --compress=none --no-acls --check --threads=2 \
    "${properties[@]/#/--image-property=}" --image-property "DISPLAYNAME=$edition" --image-property "DISPLAYDESCRIPTION=$edition (stand-in)" >/dev/null
  command=append
done <"$editions"

"$xorriso" -as mkisofs -quiet -o "$out" -V "$label" -J -joliet-long -r -b isolinux/isolinux.bin -c isolinux/boot.cat \
  -no-emul-boot -boot-load-size 4 -boot-info-table \
  -eltorito-alt-boot -e isolinux/efi.img -no-emul-boot \
  --modification-date=1980010100000000 -graft-points /="$tree" /pe="$pe"
