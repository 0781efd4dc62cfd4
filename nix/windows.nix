# A machine from its image on: the snapshot as a derivation, with everything that can be done with it beside it.
{
  lib,
  # The user's.
  pkgs,
  machine,
  tools,
  standIn,
  # nix/stage.nix, nix/stage-config.nix and nix/licence.nix, applied
  stage,
  configs,
  licensed,
  meta,
  controller,
  # What the machine has beside its stages.
  passthru,
}:
{ image }:
let
  prefix = "casement-${machine.name}";
  isCygwin = machine.access.kind == "cygwin";

  run = import ./run.nix {
    inherit lib stage machine;
    stageConfig =
      parts:
      configs.run (
        {
          inherit image snapshot controller;
        }
        // parts
      );
  };
  runCommand = kind: import ./run-command.nix { inherit lib run machine kind; };
  withoutBash =
    what:
    throw ''
      casement: ${machine.name}: ${what} wants bash, and the spec says access: openssh, which has none
        Use runCommandCmd or runCommandPowerShell, or set access: cygwin in the spec and run: casement generate'';
  runBash = if isCygwin then runCommand "bash" else name: _env: _script: withoutBash "run '${name}'";

  snapshot = licensed "${prefix}-snapshot" (
    import ./snapshot.nix {
      inherit stage machine meta;
      stageConfig = configs.snapshot { inherit image controller; };
      passthru = passthru // {
        inherit
          image
          controller
          machine
          standIn
          ;
        runCommand = runBash;
        runCommandCmd = runCommand "cmd";
        runCommandPowerShell = runCommand "powershell";
        windowsTest = import ./windows-test.nix {
          inherit lib run machine;
          defaultShell = if isCygwin then "bash" else "cmd";
          shells = lib.optional isCygwin "bash" ++ [
            "cmd"
            "powershell"
          ];
        };
        stdenv =
          if isCygwin then
            import ./stdenv {
              inherit pkgs run machine;
              inherit (tools) node;
            }
          else
            withoutBash "stdenv";
        # What shows how the machine really behaved, in one file that can be sent.
        proof = import ./proof {
          inherit
            lib
            tools
            machine
            standIn
            image
            snapshot
            ;
          runCommand = runBash;
        };
        # Checks that need the machine itself; not among a flake's own.
        tests.smoke =
          if isCygwin then
            runBash "${prefix}-smoke" { } "uname -a >$out/uname"
          else
            runCommand "cmd" "${prefix}-smoke" { } "ver >%out%\\ver.txt";
      };
    }
  );
in
snapshot // { inherit snapshot; }
