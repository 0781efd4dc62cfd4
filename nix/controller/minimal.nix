# The controller VM without a distribution: $out/vmlinux and $out/initrd (busybox, some modules, smbd's configuration).
# smbd, Node and the agent come from the store, which the VM mounts over 9p at the same path.
{
  toolPkgs,
  # The agent's bundle: share/casement/agent.mjs in it.
  agent,
  # The generated folder.
  dir,
  # Settings of Samba, rendered from the plan.
  smbConf ? builtins.path {
    path = dir + "/controller/smb.conf";
    name = "casement-smb.conf";
  },
  smbPasswd ? builtins.path {
    path = dir + "/controller/smbpasswd";
    name = "casement-smbpasswd";
  },
}:
let
  inherit (toolPkgs) lib;
  inherit (toolPkgs.linuxPackages) kernel;
  hostPaths = toolPkgs.casementHostPaths or [ ];
  tagOf = path: lib.replaceStrings [ "/" ] [ "-" ] (lib.removePrefix "/" path);
in
toolPkgs.stdenvNoCC.mkDerivation {
  name = "casement-controller";
  nativeBuildInputs = [
    toolPkgs.cpio
    toolPkgs.kmod
    toolPkgs.xz
    toolPkgs.zstd
  ];
  kernelImage = "${lib.getDev kernel}/vmlinux";
  kernelModules = "${kernel.modules or kernel}";
  kernelVersion = kernel.modDirVersion;
  # What QEMU's devices need; modprobe adds what these need.
  modules = [
    "virtio_pci"
    "virtio_net"
    "9pnet_virtio"
    "9p"
    "virtio_console"
    "virtio_rng"
    "vmgenid"
  ];
  busybox = lib.getExe' toolPkgs.pkgsStatic.busybox "busybox";
  init = ./init.sh;
  address = "192.168.0.2/24";
  xchgTag = "xchg";
  smbd = lib.getExe' toolPkgs.samba "smbd";
  node = lib.getExe' (toolPkgs.nodejs-slim_24 or toolPkgs.nodejs_24) "node";
  agent = "${agent}/share/casement/agent.mjs";
  inherit smbConf smbPasswd;
  buildCommandPath = ./build-initrd.sh;
  # For the kernel's command line: which 9p tag is mounted where (nix/stage-config.nix names the tags).
  # Nobody in it has anything to hide from another there: docs/decisions.md, "The controller is frozen with its agent".
  passthru.append =
    "mitigations=off casement.exports="
    + lib.concatStringsSep "," (
      [ "store:${builtins.storeDir}" ] ++ map (path: "${tagOf path}:${path}") hostPaths
    );
}
