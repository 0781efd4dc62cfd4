# Written by casement: the controller VM as a NixOS module. Import it and add to it; the minimal controller does the same
# with less. Samba's settings are smb.conf beside this file, in its own words, and the same for both.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.casement.controller;
  ninep = options: {
    fsType = "9p";
    options = [
      "trans=virtio"
      "version=9p2000.L"
      "msize=512000"
    ]
    ++ options;
    neededForBoot = true;
  };
in
{
  options.casement.controller = {
    agent = lib.mkOption {
      type = lib.types.package;
      description = "The agent's bundle; has share/casement/agent.mjs.";
    };
    user = lib.mkOption {
      type = lib.types.str;
      default = "builder";
      description = "The one user of the shares; smbpasswd has its password's hash.";
    };
  };

  config = {
    networking = {
      hostName = "controller";
      useDHCP = false;
      useNetworkd = false;
      dhcpcd.enable = false;
      usePredictableInterfaceNames = false;
      firewall.enable = false;
      interfaces.eth0 = {
        macAddress = "52:54:00:71:5d:25";
        ipv4.addresses = [
          {
            address = "192.168.0.2";
            prefixLength = 24;
          }
        ];
      };
      hosts."192.168.0.1" = [ "windows" ];
    };

    boot = {
      loader.grub.enable = false;
      initrd.availableKernelModules = [
        "virtio_pci"
        "virtio_net"
        "9p"
        "9pnet_virtio"
        "virtio_console"
        "virtio_rng"
      ];
      kernelParams = [
        "quiet"
        "panic=-1"
      ];
    };
    # Overridable as a whole: `virtualisation.vmVariant` brings file systems of its own.
    fileSystems = {
      "/" = lib.mkDefault {
        device = "tmpfs";
        fsType = "tmpfs";
        options = [ "mode=0755" ];
      };
      "/nix/store" = lib.mkDefault (ninep [ "cache=loose" "ro" ] // { device = "store"; });
      # The host reads and writes here too.
      "/run/xchg" = lib.mkDefault (ninep [ "cache=none" ] // { device = "xchg"; });
    };

    users.users.${cfg.user} = {
      isSystemUser = true;
      uid = 1000;
      group = "users";
    };

    # Samba's own module starts nmbd and winbindd, waits for network-online and writes a smb.conf of its own.
    services.samba.enable = lib.mkDefault false;
    environment.etc."casement/smb.conf".text = builtins.readFile ./smb.conf;
    systemd.services.casement-smbd = {
      description = "SMB shares of the controller";
      wantedBy = [ "casement-controller.target" ];
      after = [ "network.target" ];
      unitConfig.RequiresMountsFor = [ "/nix/store" "/run/xchg" ];
      preStart = ''
        install -d -m 755 /run/samba
        install -m 600 ${./smbpasswd} /run/samba/smbpasswd
      '';
      serviceConfig = {
        ExecStart = "${lib.getExe' pkgs.samba "smbd"} --foreground --no-process-group --debug-stdout --configfile=/etc/casement/smb.conf";
        LimitNOFILE = 16384;
      };
    };
    systemd.services.casement-agent = {
      description = "Casement's agent";
      wantedBy = [ "casement-controller.target" ];
      serviceConfig = {
        ExecStart = "${lib.getExe' pkgs.nodejs_24 "node"} ${cfg.agent}/share/casement/agent.mjs";
        # The runtime reads the end of the agent as the end of the VM.
        ExecStopPost = "${lib.getExe' pkgs.systemd "systemctl"} --no-block poweroff";
      };
    };
    systemd.targets.casement-controller = {
      description = "Everything that the controller is for";
      wantedBy = [ "multi-user.target" ];
    };
    systemd.network.wait-online.enable = false;

    # 512 MiB are what the spec gives this machine: no manuals, no logins, no swap.
    documentation.enable = lib.mkDefault false;
    services.getty.autologinUser = lib.mkDefault null;
    swapDevices = lib.mkDefault [ ];
    system.stateVersion = lib.mkDefault lib.trivial.release;
  };
}
