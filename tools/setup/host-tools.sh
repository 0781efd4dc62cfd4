# The package set "host tools": nix/host-tools with the versions found on this machine, in .tools/host-tools, and the
# few big things that are put into the Nix store once.

# add_to_store KEY FOLDER VERSION: adds the folder to the Nix store under its own name, keeps it from garbage
# collection, and records it as .tools/added/KEY.
add_to_store() {
  local key=$1 folder=$2 version=$3 path
  mkdir -p "$added" "$state/gcroots"
  path=$("$state/bin/nix-store" --add-fixed --recursive sha256 "$folder")
  record_added "$key" "$path" "$version"
}

record_added() {
  local key=$1 path=$2 version=$3 name
  mkdir -p "$added" "$state/gcroots"
  "$state/bin/nix-store" --realise --add-root "$state/gcroots/$key" --indirect "$path" >/dev/null
  name=${path#/nix/store/}
  printf '%s %s %s %s\n' "${name#*-}" "$version" "$("$state/bin/nix" hash path --type sha256 --sri "$path")" "$path" >"$added/$key.new"
  mv "$added/$key.new" "$added/$key"
}

added_is_valid() {
  local path
  read -r _ _ _ path 2>/dev/null <"$added/$1" && [ -e "$path" ] && [ -L "$state/gcroots/$1" ]
}

# For the stamp: each recorded path, and whether it is there.
added_paths_state() {
  local key
  for key in node npm-tarballs kernel kernel-dev; do
    if added_is_valid "$key"; then cat "$added/$key"; else echo "$key: missing"; fi
  done 2>/dev/null
}

npm_tarballs_hash() {
  sed -n 's/^ *"hash": "\(sha256-.*\)".*/\1/p' "$root/nix/npm/tarballs.json"
}

node_is_added() {
  local version
  added_is_valid node && read -r _ version _ <"$added/node" && [ "$version" = "$(PATH=$(node_bin_dir):$PATH node -v 2>/dev/null)" ]
}

npm_tarballs_are_added() {
  local hash
  added_is_valid npm-tarballs && read -r _ _ hash _ <"$added/npm-tarballs" && [ "$hash" = "$(npm_tarballs_hash)" ]
}

plan_host_tools() {
  local -n _missing=$1
  uses_host_tools || return 0
  node_is_added || _missing+=("Node's binary, in /nix/store")
  npm_tarballs_are_added || _missing+=("the packages that Casement needs at run time, as tarballs, in /nix/store")
}

do_host_tools() {
  uses_host_tools || return 0
  node_is_added || step "Node in the Nix store" add_node
  npm_tarballs_are_added || step "npm tarballs in the Nix store" add_npm_tarballs
  step "package set" write_host_tools
}

add_node() {
  local version dir=$state/node
  version=$(PATH=$(node_bin_dir):$PATH node -v)
  rm -rf "$dir"
  mkdir -p "$dir/casement-node-$version/bin"
  cp "$(PATH=$(node_bin_dir):$PATH node -p process.execPath)" "$dir/casement-node-$version/bin/node"
  add_to_store node "$dir/casement-node-$version" "$version"
  rm -rf "$dir"
}

# The same script, and so the same bytes, as the fixed-output derivation in nix/package.nix.
add_npm_tarballs() {
  local name=casement-npm-tarballs dir=$state/tarballs wanted path
  wanted=$(npm_tarballs_hash)
  path=$("$state/bin/nix-store" --print-fixed-path --recursive sha256 "$("$state/bin/nix" hash convert --to nix32 "$wanted")" "$name")
  if ! "$state/bin/nix-store" --check-validity "$path"; then
    rm -rf "$dir"
    mkdir -p "$dir"
    PATH=$(node_bin_dir):$PATH node "$root/nix/npm/fetch-tarballs.mjs" "$root/nix/npm/tarballs.json" "$dir/$name"
    local got
    got=$("$state/bin/nix" hash path --type sha256 --sri "$dir/$name")
    if [ "$got" != "$wanted" ]; then
      echo "nix/npm/tarballs.json: hash does not fit the packages it names, got $wanted, the tarballs have $got. Run 'npm run update-npm-hash' and commit the file."
      return 1
    fi
    path=$("$state/bin/nix-store" --add-fixed --recursive sha256 "$dir/$name")
    rm -rf "$dir"
  fi
  record_added npm-tarballs "$path" 0
}

write_host_tools() {
  local new=$state/host-tools.new
  rm -rf "$new"
  cp -r "$root/nix/host-tools" "$new"
  write_versions >"$new/versions.json"
  # Left alone when nothing changed: others may be reading it.
  if diff -rq "$new" "$state/host-tools" >/dev/null 2>&1; then
    rm -rf "$new"
    return
  fi
  rm -rf "$state/host-tools.old"
  if [ -e "$state/host-tools" ]; then mv "$state/host-tools" "$state/host-tools.old"; fi
  mv "$new" "$state/host-tools"
  rm -rf "$state/host-tools.old"
}

write_versions() {
  local key name version hash path separator=""
  printf '{\n  "debian": {\n'
  # dpkg also names packages that others only suggest, without a version, and fails for those that it has never met (arm64).
  # shellcheck disable=SC2046
  { dpkg-query -W -f '${db:Status-Status}     "${Package}": "${Version}"\n' $(backported_packages) $(plain_packages) $(arm64_packages) bash \
    coreutils findutils diffutils grep sed tar gzip mount libc6 perl-base 2>/dev/null || true; } |
    sed -n 's/^installed //p' | sort -u | sed '$!s/$/,/'
  printf '  },\n  "added": {\n'
  for key in node npm-tarballs kernel kernel-dev; do
    read -r name version hash path <"$added/$key"
    printf '%s    "%s": { "name": "%s", "version": "%s", "hash": "%s" }' "$separator" "$key" "$name" "$version" "$hash"
    separator=$',\n'
  done
  printf '\n  }\n}\n'
}
