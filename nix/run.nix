# Stage 3 as a derivation: revives the snapshot, runs one command, and collects what it leaves. Beside it `evidence`, the
# same command in a second run that never fails for the command's sake, and keeps what there was to see.
{
  lib,
  stage,
  # { command; keeps; } -> configuration of the stage
  stageConfig,
  # nix/debug.nix, applied
  debug,
  machine,
}:
{
  name,
  # bash, cmd or powershell
  kind,
  script,
  environment ? { },
  # { NAME = content; }: the variable NAMEPath names a file in the guest
  passAsFile ? { },
  outputs ? [ "out" ],
  # Whether each output is an empty folder when the command starts; a builder of Nix makes its own.
  makeOutputs ? true,
  # Whether the script runs at the desktop of whoever is logged on at the console.
  desktop ? false,
  # `result` or `report` (src/contract/stage-config.ts)
  keeps ? "result",
  attributes ? { },
  structuredAttributes ? null,
  passthru ? { },
  meta ? { },
}:
let
  inherit (import ./nix-attributes.nix { inherit lib; }) withoutChecks;
  run =
    {
      name,
      keeps,
      passthru,
      attributes,
      structuredAttributes,
    }:
    stage {
      inherit
        name
        script
        outputs
        attributes
        structuredAttributes
        meta
        ;
      stageConfig = stageConfig {
        inherit keeps;
        command = {
          inherit
            kind
            environment
            passAsFile
            makeOutputs
            desktop
            ;
        };
      };
      passthru = passthru // {
        # Builds in Windows may use one another; Linux programs are refused (stdenv/inputs.nix).
        casementGuest = true;
      };
    };
  twin = run {
    name = "${name}-evidence";
    keeps = "evidence";
    passthru = { };
    attributes = withoutChecks attributes;
    structuredAttributes = if structuredAttributes == null then null else withoutChecks structuredAttributes;
  };
  # Where the runtime puts the report (src/runtime/report-output.ts).
  reportOutput = if lib.elem "out" outputs then "out" else lib.head (lib.sort (a: b: a < b) outputs);
  self = run {
    inherit
      name
      keeps
      attributes
      structuredAttributes
      ;
    passthru = passthru // {
      evidence = twin.${reportOutput};
      debug = debug {
        inherit
          name
          kind
          script
          environment
          passAsFile
          makeOutputs
          desktop
          structuredAttributes
          ;
        # Only told: nothing is built there.
        outputs = lib.genAttrs outputs (output: builtins.unsafeDiscardStringContext self.${output}.outPath);
        when = "after";
      };
    };
  };
in
self
