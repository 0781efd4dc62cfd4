# A derivation of nixpkgs' mkDerivation -> the same build as a run in the guest: same name, outputs, phases, variables.
{
  lib,
  run,
  machine,
  setup,
  # windows.stdenv itself, which builds name as theirs.
  stdenv,
}:
drv:
let
  where = "${machine.name}: ${drv.name}";
  text = import ../command-text.nix { inherit lib where; };
  given = lib.filterAttrs (_: value: value != null) drv.drvAttrs;
  isStructured = given.__structuredAttrs or false;

  # Said to Nix, which would otherwise take them for variables only.
  forNix = [
    "allowSubstitutes"
    "preferLocalBuild"
    "requiredSystemFeatures"
  ];
  checks = [
    "allowedReferences"
    "allowedRequisites"
    "disallowedReferences"
    "disallowedRequisites"
  ];
  # The run has its own.
  notVariables = forNix ++ [
    "args"
    "builder"
    "outputs"
    "stdenv"
    "system"
    "passAsFile"
    "name"
    "__ignoreNulls"
    "__structuredAttrs"
  ];
  refused = {
    outputHash = "a fixed-output derivation would get the host's network; fetch in Linux, and name what was fetched";
    casement = "the name is casement's own";
  }
  // lib.optionalAttrs (!isStructured) {
    exportReferencesGraph = "needs structured attributes here (__structuredAttrs = true), or take pkgs.closureInfo";
  };
  faults =
    map (attribute: "attribute '${attribute}' is not supported: ${refused.${attribute}}") (
      lib.attrNames (lib.intersectAttrs refused given)
    )
    ++ lib.optionals (!isStructured) (text.nameFaults (variables // { inherit (given) name; }));

  variables = lib.removeAttrs given (notVariables ++ checks);
  inFiles = lib.optionals (!isStructured) (given.passAsFile or [ ]);
  asText = lib.mapAttrs text.toText variables;

  # Nix sets these for every build; the session adds where the build folder is.
  nixOwn = {
    HOME = "/homeless-shelter";
    NIX_STORE = builtins.storeDir;
    NIX_BUILD_CORES = toString machine.hardware.vcpus;
    # Where stdenv announces its phases: its lines reach Nix' own log as they are.
    NIX_LOG_FD = "2";
    TERM = "xterm-256color";
  };
  ownText = {
    inherit (given) name system;
    builder = "/bin/bash";
    stdenv = "${setup}";
    outputs = lib.concatStringsSep " " given.outputs;
  };

  build = run {
    inherit (drv) name;
    inherit (given) outputs;
    kind = "bash";
    # The shell that mkDerivation names, which is Cygwin's, with its arguments.
    script = "exec /bin/bash ${lib.escapeShellArgs (map (argument: "${argument}") given.args)}\n";
    makeOutputs = false;
    environment = nixOwn // lib.optionalAttrs (!isStructured) (lib.removeAttrs asText inFiles // ownText);
    passAsFile = lib.genAttrs inFiles (name: asText.${name});
    structuredAttributes =
      if isStructured then
        lib.removeAttrs given notVariables // { stdenv = "${setup}"; }
      else
        null;
    attributes =
      lib.filterAttrs (attribute: _: lib.elem attribute forNix) given
      // lib.optionalAttrs (!isStructured && lib.intersectLists checks (lib.attrNames given) != [ ]) {
        outputChecks = lib.genAttrs given.outputs (_: lib.getAttrs (lib.intersectLists checks (lib.attrNames given)) given);
      };
    passthru = drv.passthru or { };
    meta = drv.meta or { };
  };
  checked = import ./inputs.nix { inherit lib; } {
    inherit where;
    attributes = given;
  };
in
checked (
  lib.throwIf (faults != [ ]) "casement: ${where}: ${lib.concatStringsSep "; " faults}" (
    lib.removeAttrs drv [ "inputDerivation" ] // build // { inherit stdenv; }
  )
)
