# What the tests left to be read, at its place in the build folder.
# shellcheck shell=bash
mkdir "$out"
printf '%s\n' "$verdict" | tee "$out/verdict.txt"
find . \( -name 'test-suite.log' -o -name '*.trs' -o -path '*/Testing/*' \) -type f -print0 >"$NIX_BUILD_TOP/logs"
tar --create --null --files-from "$NIX_BUILD_TOP/logs" --file "$NIX_BUILD_TOP/logs.tar"
tar --extract --file "$NIX_BUILD_TOP/logs.tar" --directory "$out"
