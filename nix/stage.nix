# One stage as a derivation: Node and the runtime, the stage's configuration, and nothing else (no shell, no stdenv),
# so that its hash changes with what the stage uses and with nothing besides.
{
  node,
  runtime,
  # What a builder has to offer beside the accelerator.
  systemFeatures,
}:
{
  name,
  stageConfig,
  script ? null,
  accelerator,
  outputs ? [ "out" ],
  # Further attributes for Nix itself, such as allowSubstitutes.
  attributes ? { },
  passthru ? { },
  meta ? { },
}:
let
  drv = derivation (
    attributes
    // {
      inherit name outputs stageConfig;
      system = "x86_64-linux";
      builder = node;
      args = [ ./start-stage.mjs ];
      runtime = "${runtime}/share/casement/runtime.mjs";
      __structuredAttrs = true;
      requiredSystemFeatures =
        (if accelerator == "kvm" then [ "kvm" ] else [ ])
        ++ systemFeatures
        ++ attributes.requiredSystemFeatures or [ ];
    }
    // (if script == null then { } else { inherit script; })
  );
  # As nixpkgs does it, so that `nix build .#windows.ram` is that output alone.
  outputsOf = builtins.listToAttrs (
    map (output: {
      name = output;
      value = drv.${output} // {
        outputSpecified = true;
      };
    }) outputs
  );
in
drv
// outputsOf
// passthru
// {
  inherit stageConfig;
  passthru = passthru // { inherit stageConfig; };
  meta = {
    inherit name;
    platforms = [ "x86_64-linux" ];
    # Nobody's build farm should install Windows by accident.
    hydraPlatforms = [ ];
  }
  // meta;
}
