#!/usr/bin/env bash
# A small build: every *.in file becomes a line of share/greeting.txt, and bin/greet prints them.
set -eu
src=$1
out=$2
mkdir -p "$out/share" "$out/bin"
for part in "$src"/*.in; do
  sed "s/@where@/$(hostname)/" "$part"
done >"$out/share/greeting.txt"
printf '#!/bin/sh\nexec cat "${0%%/bin/*}/share/greeting.txt"\n' >"$out/bin/greet"
chmod +x "$out/bin/greet"
ln -s ../bin/greet "$out/share/greet"
