# The programs that stages start, by absolute path, from nixpkgs or from anything that has the same few attributes.
# QEMU's path is part of a snapshot's fingerprint.
{
  toolPkgs,
  # The guest's: x86, amd64 or arm64.
  architecture,
}:
let
  inherit (toolPkgs) lib;
  isArm64 = architecture == "arm64";
  # qemu_kvm is QEMU for the host's own architecture: a tenth of the closure, TCG and all versioned machine types included.
  qemu = toolPkgs.qemu_kvm or toolPkgs.qemu;
  qemuX86 = lib.getExe' qemu "qemu-system-x86_64";
  # nixpkgs' whole QEMU; a package of its own where a package set has it apart.
  qemuArm = toolPkgs.casementQemuAarch64 or toolPkgs.qemu;
in
{
  # Node without npm, for every stage's builder.
  node = lib.getExe' (toolPkgs.nodejs-slim_24 or toolPkgs.nodejs_24) "node";

  stage = {
    qemu = if isArm64 then lib.getExe' qemuArm "qemu-system-aarch64" else qemuX86;
    qemuImg = lib.getExe' qemu "qemu-img";
    vdeSwitch = lib.getExe' toolPkgs.vde2 "vde_switch";
  };
  # The controller is of the host's architecture, whatever the guest's is: snapshot and run start both.
  controllerQemu = lib.optionalAttrs isArm64 { controllerQemu = qemuX86; };
  xorriso = lib.getExe' toolPkgs.xorriso "xorriso";
  tar = lib.getExe' toolPkgs.gnutar "tar";
  sevenZip = lib.getExe' toolPkgs._7zz "7zz";
  fallocate = lib.getExe' (toolPkgs.util-linuxMinimal or toolPkgs.util-linux) "fallocate";

  # UEFI firmware without Secure Boot's keys; the variables are a template that image copies.
  uefi =
    if isArm64 then
      {
        code = "${qemuArm}/share/qemu/edk2-aarch64-code.fd";
        vars = "${qemuArm}/share/qemu/edk2-arm-vars.fd";
      }
    else
      {
        code = toolPkgs.OVMF.firmware;
        vars = toolPkgs.OVMF.variables;
      };

  # Folders beside the store that the tools need when they run: none in nixpkgs, /usr with the tools of a Debian machine.
  hostPaths = toolPkgs.casementHostPaths or [ ];
}
