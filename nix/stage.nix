# One stage as a derivation: Node and the runtime, the stage's configuration, and nothing else (no shell, no stdenv),
# so that its hash changes with what the stage uses and with nothing besides.
{
  node,
  runtime,
  # What a builder has to offer for every stage.
  requiredSystemFeatures,
}:
{
  name,
  stageConfig,
  script ? null,
  outputs ? [ "out" ],
  # Further attributes for Nix itself, such as allowSubstitutes.
  attributes ? { },
  # Attributes of a builder that has structured ones: Nix writes them beside its own, and the guest gets Nix's files.
  structuredAttributes ? null,
  passthru ? { },
  meta ? { },
}:
let
  drv = derivation (
    (if structuredAttributes == null then { } else structuredAttributes)
    // attributes
    // {
      inherit name outputs;
      system = "x86_64-linux";
      builder = node;
      args = [ ./start-stage.mjs ];
      __structuredAttrs = true;
      casement = {
        inherit stageConfig;
        runtime = "${runtime}/share/casement/runtime.mjs";
      }
      // (
        if script == null then
          { }
        else
          {
            inherit script;
            structuredAttributes = structuredAttributes != null;
          }
      );
      requiredSystemFeatures = requiredSystemFeatures ++ attributes.requiredSystemFeatures or [ ];
    }
  );
  # As nixpkgs does it, so that `nix build .#windows.ram` is that output alone.
  outputsOf = builtins.listToAttrs (
    map (output: {
      name = output;
      value = drv.${output} // common // outputsOf // {
        outputSpecified = true;
      };
    }) outputs
  );
  common = passthru // {
    inherit stageConfig;
    passthru = passthru // { inherit stageConfig; };
    meta = {
      inherit name;
      platforms = [ "x86_64-linux" ];
      # Nobody's build farm should install Windows by accident.
      hydraPlatforms = [ ];
    }
    // meta;
  };
in
# An output that has the name of something else is what people mean by it, as in nixpkgs.
drv // common // outputsOf
