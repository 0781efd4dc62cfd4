# copy_modules KERNEL TARGET NAME...: copies kernel modules with what they need, uncompressed, and prints their file
# names in an order in which insmod takes them. KERNEL holds lib/modules/VERSION.
copy_modules() {
  local kernel=$1 target=$2 version file name path
  shift 2
  version=$(basename "$kernel"/lib/modules/*)
  mkdir -p "$target"
  for name in "$@"; do
    modprobe -d "$kernel" -S "$version" --show-depends "$name" || return 1
  done | while read -r _ path _; do
    case $path in /*) ;; *) continue ;; esac
    file=$(basename "$path")
    name=${file%%.ko*}
    # A CPU's own instructions gain nothing under emulation, and insmod fails where they are missing.
    case $name in *-intel | *-pclmul) continue ;; esac
    if [ ! -e "$target/$name.ko" ]; then
      case $file in
        *.ko) cp "$path" "$target/$name.ko" ;;
        *.ko.xz) xz -dc "$path" >"$target/$name.ko" ;;
        *.ko.zst) zstd -qdc "$path" >"$target/$name.ko" ;;
        *.ko.gz) gzip -dc "$path" >"$target/$name.ko" ;;
        *) echo "$path: kernel module with a compression that is not known" >&2; return 1 ;;
      esac
      echo "$name"
    fi
  done
}
