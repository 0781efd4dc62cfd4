#!/usr/bin/env bash
# Runs a command with Node 24, this clone's casement, its Nix and its npm programs first on PATH, and CASEMENT_PACKAGE_SET set.
# usage: with-node.sh COMMAND [ARGUMENT…]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
if (($# == 0)); then
  echo "with-node: no command given; usage: with-node.sh COMMAND [ARGUMENT…]" >&2
  exit 2
fi

version=$(node -v 2>/dev/null || echo v0)
major=${version#v}
if ((${major%%.*} < 24)); then PATH=$root/tools/node/node_modules/.bin:$PATH; fi
export PATH=$root/.tools/bin:$root/tools/bin:$root/node_modules/.bin:$PATH
: "${CASEMENT_PACKAGE_SET:=$(cat "$root/.tools/package-set" 2>/dev/null || echo nixpkgs)}"
export CASEMENT_PACKAGE_SET
exec "$@"
