# Nix: the machine's own where PATH has one that is new enough, else Debian's packages of it unpacked into .tools/nix.

nix_floor=2.24
nix_prefix=$state/nix

machine_nix_version() {
  local version
  version=$(nix --version 2>/dev/null) || version=0
  echo "${version##* }"
}

# The package set: the tools of this Debian machine, unless it has a Nix of its own (then nixpkgs, from flake.lock).
uses_host_tools() {
  case ${CASEMENT_PACKAGE_SET:-} in
    host) return 0 ;;
    nixpkgs) return 1 ;;
    "") ! at_least "$(machine_nix_version)" "$nix_floor" || installed_from_debian ;;
    *) fail "CASEMENT_PACKAGE_SET: not a package set, got '$CASEMENT_PACKAGE_SET'; allowed: host, nixpkgs" ;;
  esac
}

# On Debian 13 setup installs nix-bin itself, which must not pass for the user's choice of nixpkgs in the next run or clone.
installed_from_debian() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' nix-bin 2>/dev/null)" = installed ]
}

private_nix_works() {
  [ "$(cat "$nix_prefix/prefix" 2>/dev/null)" = "$nix_prefix" ] && "$nix_prefix/usr/bin/nix" --version >/dev/null 2>&1
}

needs_private_nix() {
  uses_host_tools && ! at_least "$(machine_nix_version)" "$nix_floor"
}

plan_nix() {
  local -n _missing=$1
  if needs_private_nix && [ "$(debian_codename)" = bookworm ] && ! private_nix_works; then
    _missing+=("Nix of Debian 13, unpacked into .tools/nix (about 40 MB to fetch), and its store in /nix")
  fi
}

do_nix() {
  if ! uses_host_tools; then
    rm -rf "$state/bin"
    mkdir -p "$state/bin"
    echo nixpkgs >"$state/package-set"
    return
  fi
  if needs_private_nix && ! private_nix_works; then
    step "Nix: packages of Debian 13" fetch_nix_packages
    step "Nix: unpack" unpack_nix
  fi
  write_nix_configuration
  write_wrappers
  echo host >"$state/package-set"
}

# An apt that knows nothing of this machine (empty status), so that it fetches Nix with all that Nix needs.
fetch_nix_packages() {
  local dir=$apt/trixie
  rm -rf "$dir"
  mkdir -p "$dir"/{etc,lists/partial,cache/archives/partial,state}
  : >"$dir/status"
  write_source "$dir/etc/trixie.sources" trixie
  local options=(-o Dir::Etc="$dir/etc" -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$dir/etc"
    -o Dir::Etc::preferencesparts=/dev/null -o Dir::State="$dir/state" -o Dir::State::lists="$dir/lists"
    -o Dir::State::status="$dir/status" -o Dir::Cache="$dir/cache" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=
    -o Dir::Etc::Trusted=/etc/apt/trusted.gpg -o Dir::Etc::TrustedParts=/etc/apt/trusted.gpg.d
    -o APT::Install-Recommends=false -o APT::Sandbox::User=root -o Debug::NoLocking=true
    -o APT::Keep-Downloaded-Packages=true -o Acquire::Languages=none)
  apt-get "${options[@]}" update
  apt-get "${options[@]}" -y --download-only install nix-bin
}

# No wrapper by ld.so: Nix runs /proc/self/exe again, so its own interpreter and library path are written into it.
unpack_nix() {
  local new=$nix_prefix.new deb lib=usr/lib/x86_64-linux-gnu
  rm -rf "$new"
  mkdir -p "$new"
  for deb in "$apt"/trixie/cache/archives/*.deb; do
    case ${deb##*/} in
      perl* | libperl* | passwd_* | base-passwd_* | debconf_* | libpam* | libsemanage* | libgdbm* | libdb5* | readline-common_*) continue ;;
    esac
    dpkg-deb -x "$deb" "$new"
  done
  # Debian 13 packages name /usr/lib64; older ones /lib64.
  patchelf --set-interpreter "$nix_prefix/$lib/ld-linux-x86-64.so.2" --force-rpath \
    --set-rpath "$nix_prefix/$lib:$nix_prefix/$lib/nix" "$new/usr/bin/nix"
  echo "$nix_prefix" >"$new/prefix"
  rm -rf "$nix_prefix"
  mv "$new" "$nix_prefix"
  "$nix_prefix/usr/bin/nix" --version
  rm -rf "$apt/trixie"
}

# sandbox-paths are mounted read-write into builds (and Nix creates files there): only folders that the wrapper has
# mounted read-only, never /etc or a parent of /etc/ssl.
write_nix_configuration() {
  mkdir -p "$state/nix-conf"
  cat >"$state/nix-conf/nix.conf.new" <<'CONF'
experimental-features = nix-command flakes
build-users-group =
substituters =
trusted-public-keys =
sandbox = true
sandbox-fallback = false
sandbox-paths = /usr /bin /sbin /lib /lib64 /etc/alternatives
max-jobs = 2
flake-registry =
warn-dirty = false
CONF
  mv "$state/nix-conf/nix.conf.new" "$state/nix-conf/nix.conf"
}

write_wrappers() {
  local new=$state/bin.new name nix=$nix_prefix/usr/bin/nix
  needs_private_nix || nix=$(command -v nix)
  rm -rf "$new"
  mkdir -p "$new"
  sed -e "s|@state@|$state|g" -e "s|@nix@|$nix|g" "$root/tools/setup/nix-wrapper.sh.in" >"$new/nix"
  chmod 755 "$new/nix"
  for name in nix-build nix-collect-garbage nix-copy-closure nix-daemon nix-env nix-hash nix-instantiate nix-prefetch-url nix-shell nix-store; do
    ln -s nix "$new/$name"
  done
  rm -rf "$state/bin"
  mv "$new" "$state/bin"
}
