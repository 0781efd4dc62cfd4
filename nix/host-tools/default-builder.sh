# The first script of every derivation, as in nixpkgs.
if [ -f "${NIX_ATTRS_SH_FILE:-}" ]; then . "$NIX_ATTRS_SH_FILE"; fi
. "${stdenv}/setup"
genericBuild
