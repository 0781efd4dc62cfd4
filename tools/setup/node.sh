# Node 24 for this clone (a locked npm package with an integrity hash), and the project's own npm packages.

node_floor=24.0.0

machine_node_version() {
  local version
  version=$(node -v 2>/dev/null) || version=v0
  echo "${version#v}"
}

# The folder to put first on PATH so that `node` is new enough.
node_bin_dir() {
  if at_least "$(machine_node_version)" "$node_floor"; then
    dirname "$(command -v node)"
  else
    echo "$root/tools/node/node_modules/.bin"
  fi
}

node_is_present() {
  at_least "$(machine_node_version)" "$node_floor" ||
    { [ -f "$root/tools/node/node_modules/.package-lock.json" ] && "$root/tools/node/node_modules/.bin/node" -v >/dev/null 2>&1; }
}

plan_node() {
  local -n _missing=$1
  node_is_present || _missing+=("Node 24, the npm package that tools/node/package-lock.json names (about 190 MB, in this clone)")
}

do_node() {
  if node_is_present; then return; fi
  need_npm
  step "Node 24" npm ci --prefix "$root/tools/node" --ignore-scripts --no-audit --no-fund
}

# npm writes node_modules/.package-lock.json last, so a tree that was interrupted has none.
node_modules_match() {
  [ -f "$root/node_modules/.package-lock.json" ] || return 1
  PATH=$(node_bin_dir):$PATH node "$root/tools/setup/match-node-modules.mjs" "$root" 2>/dev/null
}

plan_node_modules() {
  local -n _missing=$1
  node_modules_match || _missing+=("the npm packages of package-lock.json (in this clone)")
}

do_node_modules() {
  if node_modules_match; then return; fi
  need_npm
  PATH=$(node_bin_dir):$PATH step "npm packages" npm ci --prefix "$root" --ignore-scripts --no-audit --no-fund
}

need_npm() {
  command -v npm >/dev/null || fail "npm: not found on PATH, and Node 24 and the npm packages come through it. Install it: apt-get install npm"
}
