#!/usr/bin/env bash
# Makes a fresh clone ready: Node 24, npm packages, Debian packages, Nix, and the package set "host tools".
# Says first what is missing, then installs it; a run with nothing to do ends in a fraction of a second.
# usage: setup.sh [--quiet] [--arm64]     --quiet: print nothing when there is nothing to do
#                                         --arm64: install QEMU and UEFI firmware for arm64 guests, too (12 MB to fetch, 330 MB)
# Runs under bash alone: the Node on PATH may be too old, or missing.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
state=$root/.tools
quiet=false
arm64=false
for argument in "$@"; do
  case $argument in
    --quiet) quiet=true ;;
    --arm64) arm64=true ;;
    *)
      echo "setup: unknown option, got '$argument'; allowed: --quiet, --arm64" >&2
      exit 2
      ;;
  esac
done

# A Nix or Node found through .tools/bin is our own: it must not count as the machine's.
PATH=$(printf '%s' "$PATH" | tr ':' '\n' | grep -vxF -e "$state/bin" -e "$root/node_modules/.bin" \
  -e "$root/tools/node/node_modules/.bin" | paste -sd:)
export PATH LC_ALL=C.UTF-8

for part in report stamp node debian nix kernel host-tools; do
  # shellcheck source=/dev/null
  source "$root/tools/setup/$part.sh"
done

main() {
  mkdir -p "$state"
  if ! "$arm64" && stamp_is_current; then
    "$quiet" || echo "setup: everything is in place"
    return
  fi
  # One setup at a time in a clone; the second then finds the work of the first.
  exec 9>"$state/setup.lock"
  flock -n 9 || {
    echo "setup: waiting for another setup of this clone"
    flock 9
  }
  if ! "$arm64" && stamp_is_current; then return; fi

  local missing=()
  plan_node missing
  plan_node_modules missing
  plan_debian missing
  plan_nix missing
  plan_kernel missing
  plan_host_tools missing
  if ((${#missing[@]})); then
    echo "setup: going to install, for this clone in $state and for this machine where it says so:"
    printf '  - %s\n' "${missing[@]}"
  fi
  refuse_without_root

  do_node
  do_node_modules
  do_debian
  do_nix
  do_kernel
  do_host_tools
  write_stamp
  "$quiet" || echo "setup: done in ${SECONDS} s"
}

main
