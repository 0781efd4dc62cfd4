# runCommand's interface for a run: the attributes of `env` become environment variables in the guest, store paths in
# script and variables are inputs, visible below S:.
{
  lib,
  # nix/run.nix
  run,
  machine,
  kind,
}:
name: env: script:
let
  where = "${machine.name}: run '${name}'";
  text = import ./command-text.nix { inherit lib where; };

  forNix = import ./nix-attributes.nix { inherit lib; };
  notVariables = forNix.names ++ [
    "desktop"
    "passthru"
    "meta"
    "passAsFile"
  ];
  programs = "these are Linux programs and libraries, which Windows cannot use; name files by their store path in the script";
  refused =
    lib.genAttrs (import ./stdenv/input-lists.nix) (_: programs)
    // forNix.refused
    // {
      outputs = "a run has one output, $out; a build of windows.stdenv may have more";
      __structuredAttrs = "a run's variables are plain text; a build of windows.stdenv may have structured attributes";
    };
  # Where the script runs: said to Casement, not to the guest.
  desktop = env.desktop or false;
  variables = lib.removeAttrs env notVariables;
  inFiles = env.passAsFile or [ ];
  faults =
    map (attribute: "attribute '${attribute}' is not supported: ${refused.${attribute}}") (
      lib.attrNames (lib.intersectAttrs refused env)
    )
    ++ text.nameFaults variables
    ++ import ./desktop-faults.nix { inherit lib machine; } desktop
    ++ map (variable: "passAsFile names '${variable}', which is not set") (
      lib.filter (variable: !(variables ? ${variable})) inFiles
    )
    ++ lib.optional (
      inFiles != [ ] && kind != "bash"
    ) "attribute 'passAsFile' is not supported: only bash is told where the files are";
  asText = lib.mapAttrs text.toText variables;
in
lib.throwIf (faults != [ ]) "${where}: ${lib.concatStringsSep "; " faults}" (run {
  inherit
    name
    kind
    script
    desktop
    ;
  environment = lib.removeAttrs asText inFiles;
  passAsFile = lib.intersectAttrs (lib.genAttrs inFiles (_: null)) asText;
  attributes = forNix.forStage {
    given = env;
    outputs = [ "out" ];
  };
  passthru = env.passthru or { };
  # The output is the user's own.
  meta = env.meta or { };
})
