# A check that leaves a report: the output holds log, exit code and screenshots, and what the script left in $out. In the
# script `screenshot NAME` keeps what the screen shows. A script that fails fails the build; its `evidence` does not.
{
  lib,
  run,
  machine,
  # Of the guest's access: what its scripts are in where a test does not say.
  defaultShell,
  shells,
}:
{
  name,
  script,
  # bash, cmd or powershell
  shell ? defaultShell,
  # Variables of the script, as runCommand's.
  env ? { },
  # Whether the script runs at the desktop, where its windows are seen (the spec's windows.desktop).
  desktop ? false,
  passthru ? { },
  meta ? { },
}:
let
  where = "${machine.name}: test '${name}'";
  text = import ./command-text.nix { inherit lib where; };
  faults =
    lib.optional (!(lib.elem shell shells))
      "shell: is not one of this machine's, got ${builtins.toJSON shell}; allowed: ${lib.concatStringsSep ", " shells}"
    ++ text.nameFaults env
    ++ import ./desktop-faults.nix { inherit lib machine; } desktop;
in
lib.throwIf (faults != [ ]) "${where}: ${lib.concatStringsSep "; " faults}" (run {
  inherit
    name
    script
    desktop
    passthru
    meta
    ;
  kind = shell;
  environment = lib.mapAttrs text.toText env;
  keeps = "report";
})
