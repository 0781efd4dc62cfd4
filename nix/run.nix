# Stage 3: revives the snapshot, runs one script, collects $out and the exit code. runCommand's interface: the attributes
# of `env` become environment variables in the guest, store paths in script and variables are inputs, visible below S:.
{
  lib,
  stage,
  # { kind; environment; } -> configuration of the stage
  stageConfig,
  machine,
  kind,
}:
name: env: script:
let
  where = "${machine.name}: run '${name}'";

  # Said to Nix, not to the guest.
  forNix = [
    "allowSubstitutes"
    "preferLocalBuild"
    "requiredSystemFeatures"
  ];
  forEvaluation = [
    "passthru"
    "meta"
  ];
  refused = {
    nativeBuildInputs = "these are Linux programs, which Windows cannot run; name files by their store path in the script";
    outputs = "a run has one output, $out";
    outputHash = "a run cannot be a fixed-output derivation: it would get the host's network";
    __structuredAttrs = "a run's variables are plain text";
  };
  faults =
    map (attribute: "attribute '${attribute}' is not supported: ${refused.${attribute}}") (
      lib.attrNames (lib.intersectAttrs refused env)
    )
    ++ map (
      variable:
      "not a variable's name, got ${builtins.toJSON variable}. Allowed: letters, digits and _, no digit first"
    ) (lib.filter (variable: builtins.match "[A-Za-z_][A-Za-z0-9_]*" variable == null) (lib.attrNames env));

  plain = [
    "null"
    "bool"
    "int"
    "float"
  ];

  # As Nix does it for a derivation's attributes: paths are copied to the store, lists are joined, true is 1.
  toText =
    variable: value:
    if lib.isString value || lib.isPath value || lib.isDerivation value then
      "${value}"
    else if lib.isList value then
      lib.concatMapStringsSep " " (toText variable) value
    else if lib.elem (builtins.typeOf value) plain || value ? outPath || value ? __toString then
      toString value
    else
      throw "${where}: variable '${variable}' cannot be text, got a ${builtins.typeOf value}. Allowed: string, path, derivation, number, boolean, null, list of these";
in
lib.throwIf (faults != [ ]) "${where}: ${lib.concatStringsSep "; " faults}" (
  stage {
    inherit name script;
    inherit (machine.hardware) accelerator;
    stageConfig = stageConfig {
      inherit kind;
      environment = lib.mapAttrs toText (lib.removeAttrs env (forNix ++ forEvaluation));
    };
    attributes = lib.filterAttrs (attribute: _: lib.elem attribute forNix) env;
    passthru = env.passthru or { };
    # The output is the user's own.
    meta = env.meta or { };
  }
)
