# What the WIM's images hold: the installed system before Cygwin. C:\ is /cygdrive/c.
# Environment: busybox node bundle kernel bzImage initramfs files scripts out.
set -euo pipefail
. "$scripts/programs.sh"
. "$scripts/modules.sh"
bin=$out/stand-in/bin
mkdir -p "$out"/{dev,proc,sys,run,tmp,etc,nix/store} "$bin" "$out/stand-in"/{applets,boot,cache,modules,state/services,log}
chmod 1777 "$out/tmp"
ln -s /proc/self/mounts "$out/etc/mtab"
use_libraries "$out/stand-in/lib" /stand-in/lib
copy_program "$busybox" "$bin/busybox"
ln -s busybox "$bin/sh"
for applet in $("$bin/busybox" --list); do ln -s ../bin/busybox "$out/stand-in/applets/$applet"; done
copy_program "$node" "$bin/node"
cp "$bundle" "$out/stand-in/lib/stand-in.mjs"
# What acpid runs when the machine's power button is pressed (QMP: system_powerdown).
mkdir -p "$out/stand-in/lib/acpi/PWRF"
printf '#!/stand-in/bin/busybox sh\nexec /stand-in/bin/power-down off 0\n' >"$out/stand-in/lib/acpi/PWRF/00000080"
chmod 755 "$out/stand-in/lib/acpi/PWRF/00000080"
install -m 755 "$files"/windows/stand-in/* "$bin/"
cp -L "$bzImage" "$out/stand-in/boot/vmlinuz"
cp "$initramfs" "$out/stand-in/boot/initrd"
chmod 644 "$out"/stand-in/boot/*
for card in e1000 e1000e; do copy_modules "$kernel" "$out/stand-in/modules" "$card" >"$out/stand-in/modules/$card"; done
copy_modules "$kernel" "$out/stand-in/modules" cifs cmac hmac sha256_generic sha512_generic aes_generic ccm gcm ctr ecb md5 des_generic nls_utf8 >"$out/stand-in/modules/smb"
copy_modules "$kernel" "$out/stand-in/modules" overlay >"$out/stand-in/modules/mounts"
copy_modules "$kernel" "$out/stand-in/modules" binfmt_misc >"$out/stand-in/modules/programs"
copy_modules "$kernel" "$out/stand-in/modules" sr_mod isofs >"$out/stand-in/modules/cd"
copy_modules "$kernel" "$out/stand-in/modules" floppy vfat nls_cp437 nls_iso8859-1 nls_ascii >"$out/stand-in/modules/floppy"
copy_modules "$kernel" "$out/stand-in/modules" button evdev >"$out/stand-in/modules/power"

windows=$out/cygdrive/c/Windows
mkdir -p "$windows"/{System32/drivers/etc,Panther,Temp,Setup} "$out/cygdrive/c"/{Users,"Program Files",ProgramData}
install -m 755 "$files"/windows/System32/* "$windows/System32/"
# Windows itself knows this name without the file.
printf '127.0.0.1 localhost\r\n' >"$windows/System32/drivers/etc/hosts"
# Programs that think are the bundle's; each is on the disk as a file, so that lookups along PATH find it.
while read -r name; do
  install -m 755 "$files/windows/program" "$windows/System32/$name.exe"
done <"$files/windows/programs.txt"
# bash on the stand-in does not add .exe to a name, as Cygwin's would.
for program in "$windows"/System32/*.exe; do
  name=$(basename "$program" .exe)
  ln -s "$name.exe" "$windows/System32/$name"
done
