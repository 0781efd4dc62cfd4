# Takes away what NixOS starts for machines with people, disks or updates; the controller has none of these. Each is a
# default, so a module that needs one of them says so. Only options that NixOS has had since 24.11, and for a newer one a guard.
{
  lib,
  modulesPath,
  options,
  ...
}:
let
  inherit (lib) mkDefault;
in
{
  imports = [ (modulesPath + "/profiles/minimal.nix") ];

  # Its files come over 9p: no disks, keyboards or terminals.
  boot.initrd.includeDefaultModules = mkDefault false;
  boot.initrd.systemd.enable = mkDefault true;
  boot.bcache.enable = mkDefault false;
  boot.enableContainers = mkDefault false;
  services.lvm.enable = mkDefault false;
  services.fstrim.enable = mkDefault false;
  console.enable = mkDefault false;
  systemd.services."serial-getty@ttyS0".enable = mkDefault false;
  # Nobody would type there; ending is noticed at once.
  systemd.enableEmergencyMode = mkDefault false;

  # Its one neighbour has a fixed address and no names.
  networking.resolvconf.enable = mkDefault false;
  services.timesyncd.enable = mkDefault false;
  services.nscd.enable = mkDefault false;
  system.nssModules = lib.mkForce [ ];

  # It lives for one run: nothing to update, to log in to, or to look at afterwards.
  nix.enable = mkDefault false;
  security.sudo.enable = mkDefault false;
  system.disableInstallerTools = mkDefault true;
  system.switch.enable = mkDefault false;
  systemd.coredump.enable = mkDefault false;
  systemd.oomd.enable = mkDefault false;
  services.journald.storage = mkDefault "volatile";
  fonts.fontconfig.enable = mkDefault false;
  programs.nano.enable = mkDefault false;
  programs.less.enable = lib.mkForce false;
  environment = lib.optionalAttrs (options.environment ? corePackages) {
    corePackages = lib.mkForce [ ];
  };
}
