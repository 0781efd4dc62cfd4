# The kernel of the controller and the stand-in: Debian's generic kernel, unpacked from its package and never installed.

added=$state/added

kernel_is_present() {
  added_is_valid kernel && added_is_valid kernel-dev
}

plan_kernel() {
  local -n _missing=$1
  uses_host_tools || return 0
  kernel_is_present || _missing+=("a Debian kernel for the controller VM, unpacked and not installed (about 70 MB to fetch), in /nix/store")
}

do_kernel() {
  if ! uses_host_tools || kernel_is_present; then return; fi
  apt_update_once
  step "kernel: package" fetch_kernel
  step "kernel: unpack" unpack_kernel
}

# The generic flavour: the cloud kernels have neither 9p nor e1000.
fetch_kernel() {
  local package
  package=$(apt_tool apt-cache depends linux-image-amd64 | sed -n 's/^ *Depends: \(linux-image-[0-9].*-amd64\)$/\1/p' | head -n 1)
  [ -n "$package" ] || { echo "linux-image-amd64: depends on no linux-image-*-amd64 package in the machine's apt sources"; return 1; }
  rm -rf "$state/kernel"
  mkdir -p "$state/kernel"
  (cd "$state/kernel" && apt_tool apt-get download "$package")
}

unpack_kernel() {
  local dir=$state/kernel version name
  dpkg-deb -x "$dir"/linux-image-*.deb "$dir/x"
  version=$(basename "$dir"/x/boot/vmlinuz-*)
  version=${version#vmlinuz-}
  name=casement-kernel-$version
  mkdir -p "$dir/$name/lib/modules" "$dir/$name-dev"
  cp "$dir/x/boot/vmlinuz-$version" "$dir/$name/bzImage"
  extract_vmlinux "$dir/$name/bzImage" >"$dir/$name-dev/vmlinux"
  mv "$dir/x/lib/modules/$version" "$dir/$name/lib/modules/$version"
  (
    # Drivers for hardware that no VM of ours has are three quarters of the package.
    cd "$dir/$name/lib/modules/$version/kernel"
    rm -rf sound drivers/{gpu,media,infiniband,staging,iio,isdn,leds,hwmon,bluetooth,thunderbolt,usb/gadget,accel} \
      drivers/net/{wireless,can,ethernet/mellanox,ethernet/chelsio,ethernet/broadcom,ethernet/qlogic} net/{wireless,mac80211,bluetooth}
  )
  find "$dir/$name/lib/modules" -name '*.ko.xz' -exec xz -d {} +
  # The package has no modules.dep: it is made when it is installed.
  depmod -b "$dir/$name" "$version"
  add_to_store kernel "$dir/$name" "$version"
  add_to_store kernel-dev "$dir/$name-dev" "$version"
  rm -rf "$dir"
}

# A bzImage carries the kernel as one compressed stream at an offset that only its magic number shows.
extract_vmlinux() {
  local image=$1 magic unpack offset
  while read -r magic unpack; do
    while IFS=: read -r offset _; do
      # The stream has a trailer, at which the tool complains and stops: what counts is whether an ELF file came out.
      tail -c "+$((offset + 1))" "$image" | $unpack 2>/dev/null >"$image.elf" || true
      if [ "$(head -c 4 "$image.elf" | tail -c 3)" = ELF ]; then
        cat "$image.elf"
        rm -f "$image.elf"
        return
      fi
    done < <(LC_ALL=C grep -obUaP "$magic" "$image")
  done <<'MAGIC'
\xFD7zXZ\x00 xz -dc
\x28\xB5\x2F\xFD zstd -dc
\x1F\x8B\x08 gzip -dc
MAGIC
  rm -f "$image.elf"
  echo "$image: no compressed kernel found in it (tried xz, zstd, gzip)" >&2
  return 1
}
