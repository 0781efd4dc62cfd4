# A layer as a derivation: an image with what one command has left in it. Installers have a policy of exit codes: which mean
# success, and which ask for a restart.
{
  lib,
  stage,
  machine,
  meta,
  # Of what it stands on: the configuration of the stage less the layer's own part, and nix/run.nix for its evidence.
  stageConfig,
  run,
  defaultShell,
  shells,
}:
{
  # What it adds, for names and messages.
  name,
  command,
  # bash, cmd or powershell
  shell ? defaultShell,
  # Variables of the command: { NAME = path, derivation or text; }, by which it finds what it installs below S:.
  inputs ? { },
  # Restart in any case, so that what is pending is done before the snapshot.
  reboot ? false,
  # msiexec's, which most installers follow.
  exitCodes ? { },
  timeoutMinutes ? machine.run.timeoutMinutes,
  passthru ? { },
}:
let
  where = "${machine.name}: layer '${name}'";
  text = import ./command-text.nix { inherit lib where; };
  policy = {
    success = [ 0 ];
    # ERROR_SUCCESS_REBOOT_REQUIRED, ERROR_SUCCESS_REBOOT_INITIATED
    restart = [ 3010 ];
    restarting = [ 1641 ];
  };
  isCode = code: lib.isInt code && code >= 0 && code <= 4294967295;
  faults =
    lib.optional (
      builtins.match "[A-Za-z0-9][A-Za-z0-9+._-]*" name == null
    ) "name: ${builtins.toJSON name} is no part of a store name. Allowed: letters, digits and + . _ -"
    ++ lib.optional (!(lib.elem shell shells))
      "shell: is not one of this machine's, got ${builtins.toJSON shell}; allowed: ${lib.concatStringsSep ", " shells}"
    ++ text.nameFaults inputs
    ++ lib.optional (!lib.isBool reboot) "reboot: has to be true or false, got ${builtins.toJSON reboot}"
    ++ lib.optional (
      !(lib.isInt timeoutMinutes || lib.isFloat timeoutMinutes)
      || timeoutMinutes <= 0
      # As in a spec: more is too much for a timer.
      || timeoutMinutes > 35000
    ) "timeoutMinutes: has to be a number above 0 to 35000, got ${builtins.toJSON timeoutMinutes}"
    ++ map (key: "exitCodes.${key}: unknown; allowed: ${lib.concatStringsSep ", " (lib.attrNames policy)}") (
      lib.attrNames (lib.removeAttrs exitCodes (lib.attrNames policy))
    )
    ++ lib.concatMap (
      key:
      lib.optional (!(lib.isList exitCodes.${key} && lib.all isCode exitCodes.${key}))
        "exitCodes.${key}: has to be a list of codes from 0 to 4294967295, got ${builtins.toJSON exitCodes.${key}}"
    ) (lib.attrNames (lib.intersectAttrs policy exitCodes));

  environment = lib.mapAttrs text.toText inputs;
in
lib.throwIf (faults != [ ]) "${where}: ${lib.concatStringsSep "; " faults}" (stage {
  name = "casement-${machine.name}-layer-${name}";
  script = command;
  stageConfig = stageConfig {
    layer = name;
    inherit reboot;
    exitCodes = policy // exitCodes;
    settings = {
      inherit timeoutMinutes;
      inherit (machine.snapshot) bootMinutes;
    };
    command = {
      kind = shell;
      inherit environment;
      passAsFile = { };
      makeOutputs = false;
      desktop = false;
    };
  };
  passthru = passthru // {
    # The same command in a revived machine: shows why it fails, and changes nothing.
    inherit
      (run {
        name = "layer-${name}";
        kind = shell;
        script = command;
        inherit environment;
      })
      evidence
      ;
  };
  meta = meta // {
    description = "Disk of ${machine.name} (${machine.release}) with the layer ${name}";
  };
})
