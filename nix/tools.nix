# The programs that stages start, by absolute path, from nixpkgs or from anything that has the same few attributes.
# QEMU's path is part of a snapshot's fingerprint.
{ toolPkgs }:
let
  inherit (toolPkgs) lib;
  # qemu_kvm is QEMU for the host's own architecture: a tenth of the closure, TCG and all versioned machine types included.
  qemu = toolPkgs.qemu_kvm or toolPkgs.qemu;
in
{
  # Node without npm, for every stage's builder.
  node = lib.getExe' (toolPkgs.nodejs-slim_24 or toolPkgs.nodejs_24) "node";

  stage = {
    qemu = lib.getExe' qemu "qemu-system-x86_64";
    qemuImg = lib.getExe' qemu "qemu-img";
    vdeSwitch = lib.getExe' toolPkgs.vde2 "vde_switch";
  };
  xorriso = lib.getExe' toolPkgs.xorriso "xorriso";
  tar = lib.getExe' toolPkgs.gnutar "tar";
  sevenZip = lib.getExe' toolPkgs._7zz "7zz";
  fallocate = lib.getExe' (toolPkgs.util-linuxMinimal or toolPkgs.util-linux) "fallocate";

  # UEFI firmware without Secure Boot's keys; the variables are a template that image copies.
  uefi = {
    code = toolPkgs.OVMF.firmware;
    vars = toolPkgs.OVMF.variables;
  };

  # Folders beside the store that the tools need when they run: none in nixpkgs, /usr with the tools of a Debian machine.
  hostPaths = toolPkgs.casementHostPaths or [ ];
}
