# Debian packages. Sources and package lists that setup needs beside the machine's own are kept in .tools/apt, and
# /etc/apt is left as it is. The mirror is the machine's own.

apt=$state/apt

# bookworm, trixie, … or nothing on another system.
debian_codename() {
  (
    ID="" VERSION_CODENAME=""
    # shellcheck source=/dev/null
    [ -r /etc/os-release ] && . /etc/os-release
    [ "$ID" = debian ] && echo "$VERSION_CODENAME"
  ) || true
}

# Snapshots need QEMU 10's mapped-ram and x-ignore-shared as tried; Debian 12 has it in its backports only.
backported_packages() {
  if [ "$(debian_codename)" = bookworm ]; then
    echo qemu-system-x86 qemu-system-common qemu-system-data qemu-utils seabios
    if "$arm64"; then echo qemu-system-arm; fi
  fi
}

plain_packages() {
  [ "$(debian_codename)" = bookworm ] || echo qemu-system-x86 qemu-system-common qemu-system-data qemu-utils seabios nix-bin
  if "$arm64"; then
    [ "$(debian_codename)" = bookworm ] || echo qemu-system-arm
    echo qemu-efi-aarch64
  fi
  echo ovmf swtpm vde-switch samba smbclient python3-samba busybox-static openssh-server openssh-client openssh-sftp-server \
    cpio xorriso wimtools 7zip genisoimage mtools dosfstools e2fsprogs fdisk extlinux syslinux-common isolinux systemd-boot-efi kmod patchelf xz-utils zstd \
    gcc libc6-dev binutils make patch tcc musl-dev gcc-mingw-w64-x86-64-win32 wine wine64 wixl libfreetype6 iproute2 git ca-certificates util-linux bzip2 file gawk gpg gpg-agent
}

# What --arm64 installs. Where they are, the package set has them, whoever installed them.
arm64_packages() {
  echo qemu-system-arm qemu-efi-aarch64
}

# The wanted packages that dpkg does not know as installed, one a line.
missing_packages() {
  comm -23 <(printf '%s\n' "$@" | sort -u) \
    <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p' | sort -u)
}

# QEMU of bookworm itself (7.2) is installed, and too old.
old_qemu() {
  local version
  version=$(dpkg-query -W -f '${Version}' qemu-system-x86 2>/dev/null) || return 1
  version=${version#*:}
  ! at_least "${version%%[+-]*}" 10.0
}

wanted_backports() {
  # shellcheck disable=SC2046
  if [ -n "$(backported_packages)" ] && { old_qemu || [ -n "$(missing_packages $(backported_packages))" ]; }; then
    backported_packages
  fi
}

plan_debian() {
  local -n _missing=$1
  uses_host_tools || return 0
  case $(debian_codename) in
    bookworm | trixie) ;;
    *) fail "this system is not Debian 12 or 13, and has no Nix >= $nix_floor on PATH. Install Nix, then run 'npm run setup' again" ;;
  esac
  local wanted
  # shellcheck disable=SC2046
  wanted=$(echo $(wanted_backports) $(missing_packages $(plain_packages)))
  if [ -n "$wanted" ]; then
    debian_is_missing=true
    _missing+=("Debian packages, on this machine (no service is started): $wanted")
  fi
}

# Installing for the machine, /nix and mount namespaces are root's.
refuse_without_root() {
  if [ "$(id -u)" = 0 ] || ! uses_host_tools; then return; fi
  fail "this needs root, got uid $(id -u). Run 'npm run setup' as root, or install Nix >= $nix_floor yourself: setup then leaves the machine as it is"
}

do_debian() {
  uses_host_tools || return 0
  remove_left_over_policy
  if [ "${debian_is_missing:-false}" != true ]; then return; fi
  apt_update_once
  local wanted
  wanted=$(wanted_backports)
  # shellcheck disable=SC2086
  if [ -n "$wanted" ]; then
    # Not -t: it would prefer the backport of every library, and packages of the release itself could then not be installed.
    step "Debian packages from the backports" without_services apt_get install -y --no-install-recommends $(printf "%s/$(debian_codename)-backports " $wanted)
  fi
  # shellcheck disable=SC2046
  wanted=$(missing_packages $(plain_packages))
  # shellcheck disable=SC2086
  if [ -n "$wanted" ]; then
    step "Debian packages" without_services apt_get install -y --no-install-recommends $wanted
  fi
}

# apt with the machine's sources and the backports, and package lists of our own.
apt_get() {
  apt_tool apt-get "$@"
}

apt_tool() {
  local tool=$1
  shift
  DEBIAN_FRONTEND=noninteractive "$tool" -o Dir::Etc::sourceparts="$apt/machine/sources" \
    -o Dir::State::lists="$apt/machine/lists" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= \
    -o APT::Sandbox::User=root -o DPkg::Lock::Timeout=900 -o Dpkg::Options::=--force-confold "$@"
}

apt_update_once() {
  if [ "${apt_is_updated:-false}" = true ]; then return; fi
  step "package lists" apt_update
  apt_is_updated=true
}

apt_update() {
  rm -rf "$apt/machine/sources"
  mkdir -p "$apt/machine/sources" "$apt/machine/lists/partial"
  find /etc/apt/sources.list.d -maxdepth 1 -type f \( -name '*.list' -o -name '*.sources' \) \
    -exec cp -t "$apt/machine/sources" {} +
  if [ -n "$(backported_packages)" ]; then
    write_source "$apt/machine/sources/casement-backports.sources" "$(debian_codename)-backports"
  fi
  apt_get update
}

# One suite of the mirror that the machine's own sources name for its release.
write_source() {
  local file=$1 suite=$2 uri
  local keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  uri=$(apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
    awk -v codename="$(debian_codename)" '!found && $1 == codename && $2 == "main" { print $3; found = 1 }')
  if [ -z "$uri" ]; then
    echo "apt: no source for $(debian_codename) main is set up on this machine; look at /etc/apt/sources.list and /etc/apt/sources.list.d"
    return 1
  fi
  {
    printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\n' "$uri" "$suite"
    if [ -r "$keyring" ]; then printf 'Signed-By: %s\n' "$keyring"; fi
  } >"$file"
}

policy=/usr/sbin/policy-rc.d
policy_mark='# casement setup: no service starts while packages are installed; removed afterwards'

# Runs a command during which no package starts its service: Debian asks policy-rc.d, which says no (101).
# A machine with a policy of its own keeps it: ours covers it in a private mount namespace only.
without_services() {
  local ours=$state/policy-rc.d
  printf '#!/bin/sh\n%s\nexit 101\n' "$policy_mark" >"$ours"
  chmod 755 "$ours"
  if [ ! -e "$policy" ]; then
    cp "$ours" "$policy"
    trap remove_left_over_policy EXIT
  fi
  export -f apt_get apt_tool
  export apt
  unshare -m --propagation private -- bash -euo pipefail -c 'mount --bind "$1" "$2"; shift 2; "$@"' - "$ours" "$policy" "$@"
}

remove_left_over_policy() {
  if [ -f "$policy" ] && grep -qxF "$policy_mark" "$policy"; then rm -f "$policy"; fi
}
