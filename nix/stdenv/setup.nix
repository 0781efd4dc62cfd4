# What builds source as $stdenv/setup: nixpkgs' setup.sh, with what its stdenv would have written before it, and Windows'
# own programs at the end of PATH, which setup.sh has emptied. Only files: nothing in it is a program of Linux.
{
  lib,
  node,
  # nixpkgs' stdenv
  base,
}:
derivation {
  name = "casement-stdenv-setup";
  system = "x86_64-linux";
  builder = node;
  args = [ ./write-setup.mjs ];
  inherit (base) setup;
  # Hooks that are scripts (outputs, shebangs, man pages); others bring programs of Linux.
  hooks = lib.filter (hook: !(lib.isDerivation hook)) base.defaultNativeBuildInputs;
  preHook = base.preHook or "";
}
