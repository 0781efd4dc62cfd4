# Nix' own files of structured attributes, for a debug session: a derivation with the same attributes copies its own, in which
# only the outputs are another's.
{ lib, node }:
{ structuredAttributes, outputs }:
derivation (
  lib.optionalAttrs (structuredAttributes != null) (
    (import ./nix-attributes.nix { inherit lib; }).withoutChecks structuredAttributes
  )
  // {
    name = "casement-debug-attributes";
    system = "x86_64-linux";
    builder = node;
    args = [ ./debug-attributes.mjs ];
    __structuredAttrs = true;
    casementOutputs = outputs;
    placeholders = lib.mapAttrs (name: _: placeholder name) outputs;
    preferLocalBuild = true;
  }
)
