# The controller VM without a distribution: $out/vmlinux and $out/initrd (busybox, some modules, smbd's configuration).
# smbd comes from the store, which the VM mounts over 9p at the same path.
{
  toolPkgs,
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
  # What relays SSH and answers the runtime's words; the bench has one that does more.
  relay ? ../../templates/controller/relay.sh,
}:
let
  inherit (toolPkgs) lib;
  inherit (toolPkgs.linuxPackages) kernel;
  hostPaths = toolPkgs.casementHostPaths or [ ];
  exports = lib.concatStringsSep "," (
    [ "store:${builtins.storeDir}" ] ++ map (path: "${tagOf path}:${path}") hostPaths
  );
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
  guestAddress = "192.168.0.1";
  xchgTag = "xchg";
  smbd = lib.getExe' toolPkgs.samba "smbd";
  inherit relay smbConf smbPasswd;
  buildCommandPath = ./build-initrd.sh;
  # For the kernel's command line.
  passthru.append = lib.concatStringsSep " " [
    # Nobody in it has anything to hide from another there: docs/decisions.md, "The controller is frozen".
    "mitigations=off"
    # The check of the timer panics where the host is so busy that emulated time stands still for it.
    "no_timer_check"
    # What nothing in it uses: under emulation all that runs is translated first, in each run anew.
    "psi=0 lsm= audit=0 cgroup_disable=memory ipv6.disable=1 nowatchdog"
    # Which 9p tag is mounted where (nix/stage-config.nix names the tags).
    "casement.exports=${exports}"
  ];
}
