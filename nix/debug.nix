# A run for a person: a program that revives the snapshot with a screen and gives a shell in the command's session, before or
# after the command. It runs outside of Nix's sandbox, as whoever starts it: `nix run .#hello.debug`.
{
  lib,
  toolPkgs,
  node,
  # Holds share/casement/runtime.mjs.
  runtime,
  # { command; when; } -> configuration of the stage
  stageConfig,
}:
{
  name,
  # As of nix/run.nix.
  kind,
  script,
  environment,
  passAsFile,
  makeOutputs,
  desktop,
  structuredAttributes,
  # { NAME = store path, as text; }: where the run's outputs would be.
  outputs,
  when,
}:
let
  # Nix does this for what it builds.
  withOutputs = lib.replaceStrings (map placeholder (lib.attrNames outputs)) (lib.attrValues outputs);
  attributes = import ./debug-attributes.nix { inherit lib node; } { inherit structuredAttributes outputs; };
  config = stageConfig {
    inherit when;
    command = {
      inherit
        kind
        passAsFile
        makeOutputs
        desktop
        ;
      # Nix' own lines, such as `@nix { … }` at each phase, are for Nix to read.
      environment = lib.removeAttrs environment [ "NIX_LOG_FD" ];
      script = "${toolPkgs.writeText "${name}-script" (withOutputs script)}";
      attributes =
        if structuredAttributes == null then
          null
        else
          {
            json = "${attributes}/json";
            sh = "${attributes}/sh";
          };
    };
  };
  configFile = toolPkgs.writeText "${name}-debug.json" (
    withOutputs (builtins.toJSON (config // { inherit outputs; }))
  );
in
toolPkgs.writeShellScriptBin "casement-debug" ''
  exec ${node} ${runtime}/share/casement/runtime.mjs ${configFile} "$@"
''
