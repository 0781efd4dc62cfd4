# A machine from its image on: the snapshot as a derivation, with everything that can be done with it beside it.
{
  lib,
  # The user's.
  pkgs,
  machine,
  tools,
  toolPkgs,
  # Casement's own programs.
  packages,
  standIn,
  # nix/stage.nix, nix/stage-config.nix and nix/licence.nix, applied
  stage,
  configs,
  licensed,
  meta,
  controller,
  # What the machine has beside its stages.
  passthru,
}@common:
{
  image,
  # Names of the layers that the image has, lowest first.
  layers ? [ ],
}:
let
  # Nix takes names of 211 characters, with what stages and outputs put behind them.
  prefix =
    let
      whole = lib.concatStringsSep "-" ([ "casement-${machine.name}" ] ++ layers);
      short = "casement-${machine.name}-${toString (lib.length layers)}-layers-${lib.last layers}";
    in
    if lib.stringLength whole <= 190 then whole else short;
  isCygwin = machine.access.kind == "cygwin";

  debug = import ./debug.nix {
    inherit lib toolPkgs;
    inherit (tools) node;
    inherit (packages) runtime;
    stageConfig =
      parts:
      configs.debug (
        {
          inherit image snapshot controller;
        }
        // parts
      );
  };
  run = import ./run.nix {
    inherit
      lib
      stage
      machine
      debug
      ;
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

  defaultShell = if isCygwin then "bash" else "cmd";
  shells = lib.optional isCygwin "bash" ++ [
    "cmd"
    "powershell"
  ];
  layerOn = import ./layer.nix {
    inherit
      lib
      stage
      machine
      meta
      run
      defaultShell
      shells
      ;
    stageConfig = parts: configs.layer ({ inherit image controller; } // parts);
  };

  stdenv =
    if isCygwin then
      import ./stdenv {
        inherit pkgs run machine;
        inherit (tools) node;
      }
    else
      withoutBash "stdenv";

  snapshot = licensed "${prefix}-snapshot" (
    import ./snapshot.nix {
      name = "${prefix}-snapshot";
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
        # A further image on this one: the same machine again, with its own snapshot.
        layer =
          arguments:
          let
            name = arguments.name or (throw "casement: ${machine.name}: layer: it has no name, which is to say what it adds");
            override = changes: (passthru.override changes).layer arguments;
          in
          import ./windows.nix (common // { passthru = passthru // { inherit override; }; }) {
            image = licensed "casement-${machine.name}-layer-${name}" (layerOn (arguments // { inherit name; }));
            layers = layers ++ [ name ];
          };
        inherit layers;
        windowsTest = import ./windows-test.nix {
          inherit
            lib
            run
            machine
            defaultShell
            shells
            ;
        };
        inherit stdenv;
        checkCross = import ./check-cross.nix {
          inherit
            lib
            machine
            stdenv
            standIn
            ;
        };
        # A NixOS test with the machine as one of its nodes.
        nixosTest =
          if isCygwin then
            import ./nixos-test.nix {
              inherit lib pkgs machine;
              testNode = import ./test-node.nix {
                inherit toolPkgs;
                inherit (tools) node;
                inherit (packages) runtime;
                stageConfig = parts: configs.testNode ({ inherit image snapshot controller; } // parts);
              };
            }
          else
            withoutBash "nixosTest";
        # A screen and a shell, without a command.
        debug = debug {
          name = prefix;
          kind = defaultShell;
          script = "";
          environment = { };
          passAsFile = { };
          makeOutputs = true;
          desktop = false;
          structuredAttributes = null;
          outputs.out = "${builtins.storeDir}/${lib.concatStrings (lib.genList (_: "e") 32)}-debug";
          when = "before";
        };
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
