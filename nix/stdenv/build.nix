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

  forNix = import ../nix-attributes.nix { inherit lib; };
  # The run has its own.
  notVariables = [
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
  refused =
    lib.removeAttrs forNix.refused (lib.optional isStructured "exportReferencesGraph")
    // {
      casement = "the name is casement's own";
    };
  faults =
    map (attribute: "attribute '${attribute}' is not supported: ${refused.${attribute}}") (
      lib.attrNames (lib.intersectAttrs refused given)
    )
    ++ lib.optionals (!isStructured) (text.nameFaults (variables // { inherit (given) name; }));

  variables = lib.removeAttrs given (notVariables ++ forNix.names);
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
    # The shell that mkDerivation names, which is Cygwin's, with its arguments. The user's nixpkgs may refuse the package: it does that
    # where the derivation behind it is made.
    script = builtins.seq drv.drvPath "exec /bin/bash ${lib.escapeShellArgs (map (argument: "${argument}") given.args)}\n";
    makeOutputs = false;
    environment = nixOwn // lib.optionalAttrs (!isStructured) (lib.removeAttrs asText inFiles // ownText);
    passAsFile = lib.genAttrs inFiles (name: asText.${name});
    structuredAttributes =
      if isStructured then
        lib.removeAttrs given (notVariables ++ forNix.names) // { stdenv = "${setup}"; }
      else
        null;
    attributes = forNix.forStage {
      inherit given;
      inherit (given) outputs;
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
