# usage: demo.sh [NIX-OPTION…]    The three commands of examples/hello on the stand-in, which is not Windows.
# CASEMENT_SOURCE: this source in the store. Each build's log is shown as it runs.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r --no-preserve=mode "$CASEMENT_SOURCE/examples/hello/." "$work"
casement generate "$work/casement.yaml" --out "$work/casement"

build() {
  echo "== $1, in a guest that is the stand-in and not Windows"
  nix --extra-experimental-features 'nix-command flakes' build --no-link --print-out-paths -L --no-write-lock-file \
    --override-input casement "path:$CASEMENT_SOURCE" "path:$work#$1" "${@:2}"
}

build guest-name "$@"
build greeting "$@"
if build fails "$@" 2>&1 | tee "$work/log" || ! grep -q 'exit code 42' "$work/log"; then
  echo "fails: this command has to fail, and to show exit code 42; it did not" >&2
  exit 1
fi
echo "== It failed as it should: the command's exit code is the build's."
