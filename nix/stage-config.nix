# Each stage's own part of machine.json, as src/contract/stage-config.ts has it. What a stage does not need is not in its
# hash: a run's timeout must not install Windows again.
{
  lib,
  machine,
  tools,
  standIn,
  # File of the agent.
  agent,
}:
let
  base = stage: settings: {
    version = 1;
    inherit stage settings standIn;
    inherit (machine) name release hardware access;
  };

  isUefi = machine.hardware.firmware == "uefi";
  uefiCode = if isUefi then "${tools.uefi.code}" else null;

  bootedController = controller: {
    inherit (machine.controller) mac memoryMiB machineType;
    kernel = "${controller}/vmlinux";
    initrd = "${controller}/initrd";
    append = controller.append or "";
    exports = [
      {
        tag = "store";
        path = builtins.storeDir;
      }
    ]
    ++ map (path: {
      tag = lib.replaceStrings [ "/" ] [ "-" ] (lib.removePrefix "/" path);
      inherit path;
    }) tools.hostPaths;
  };
  controllerOf =
    controller:
    bootedController controller
    // {
      frozen =
        if controller ? frozen then
          {
            folder = "${controller.frozen}";
            ram = "${controller.frozen.ram}";
          }
        else
          null;
    };

  # Of every stage that revives a snapshot.
  revived =
    {
      image,
      snapshot,
      controller,
    }:
    {
      tools = tools.stage // tools.controllerQemu;
      image = "${image}";
      snapshot = "${snapshot}";
      ram = "${snapshot.ram}";
      inherit uefiCode agent;
      controller = controllerOf controller;
      inherit (machine) evaluationExpires;
    };
in
{
  # Nothing of the guest is in it: what is said of the machine is its controller's.
  controller = controller: {
    version = 1;
    stage = "controller";
    inherit (machine) name;
    inherit (machine.hardware) accelerator;
    tools = {
      qemu = tools.controllerQemu.controllerQemu or tools.stage.qemu;
      inherit (tools.stage) qemuImg vdeSwitch;
      inherit (tools) fallocate;
    };
    controller = bootedController controller;
    quietSeconds = 3;
  };

  image =
    {
      iso,
      bootstrapIso,
      floppy,
    }:
    base "image" machine.image
    // {
      tools = tools.stage // { inherit (tools) xorriso; };
      media = {
        iso = "${iso}";
        bootstrapIso = "${bootstrapIso}";
        floppy = if floppy == null then null else "${floppy}";
      };
      uefi =
        if isUefi then
          {
            code = uefiCode;
            vars = "${tools.uefi.vars}";
          }
        else
          null;
    };

  layer =
    {
      image,
      controller,
      settings,
      layer,
      command,
      exitCodes,
      reboot,
    }:
    base "layer" settings
    // {
      tools = tools.stage // tools.controllerQemu;
      image = "${image}";
      inherit
        uefiCode
        agent
        layer
        command
        exitCodes
        reboot
        ;
      controller = controllerOf controller;
    };

  snapshot =
    { image, controller }:
    base "snapshot" machine.snapshot
    // {
      tools = tools.stage // tools.controllerQemu // { inherit (tools) fallocate; };
      image = "${image}";
      inherit uefiCode agent;
      inherit (machine) desktop;
      controller = controllerOf controller;
    };

  # Whole: nothing of it is known only where something is built.
  debug =
    {
      image,
      snapshot,
      controller,
      command,
      when,
    }:
    base "debug" machine.run
    // revived { inherit image snapshot controller; }
    // {
      inherit command when;
    };

  # Whole as well, and without outputs.
  testNode =
    {
      image,
      snapshot,
      controller,
      hosts,
    }:
    base "test-node" machine.run
    // revived { inherit image snapshot controller; }
    // {
      inherit hosts;
      outputs = { };
    };

  # Less what nix/start-stage.mjs adds where the build runs: the paths of the script's file and of the attributes'.
  run =
    {
      image,
      snapshot,
      controller,
      command,
      keeps,
    }:
    base "run" machine.run
    // revived { inherit image snapshot controller; }
    // {
      inherit command keeps;
    };
}
