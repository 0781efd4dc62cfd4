# Written by casement: the controller VM as a NixOS module, for casement.lib.nixosController, which makes it slim, or for a
# system of your own. Samba's settings are smb.conf beside this file, in its own words, and the same for the minimal controller.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.casement.controller;
  agentPort = "casement.agent";
  ninep = options: {
    fsType = "9p";
    options = [
      "trans=virtio"
      "version=9p2000.L"
      "msize=512000"
    ]
    ++ options;
  };
  # The VM is over when one of its two programs is; the console is what the runtime keeps of it.
  forTheWholeRun = {
    unitConfig = {
      SuccessAction = "poweroff";
      FailureAction = "poweroff";
    };
    serviceConfig = {
      StandardOutput = "journal+console";
      StandardError = "journal+console";
    };
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
      interfaces.eth0.ipv4.addresses = [
        {
          address = "192.168.0.2";
          prefixLength = 24;
        }
      ];
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
    };
    # Overridable as a whole: `virtualisation.vmVariant` brings file systems of its own.
    fileSystems = {
      "/" = lib.mkDefault {
        device = "tmpfs";
        fsType = "tmpfs";
        options = [ "mode=0755" ];
      };
      "/nix/store" = lib.mkDefault (
        ninep [ "cache=loose" "ro" ]
        // {
          device = "store";
          neededForBoot = true;
        }
      );
      # The host reads and writes here too. Not mounted before /run itself has moved from the initrd to its place.
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
    systemd.services.casement-smbd = lib.mkMerge [
      forTheWholeRun
      {
        description = "SMB shares of the controller";
        wantedBy = [ "casement-controller.target" ];
        # It binds to the address, which network.target does not wait for.
        requires = [ "network-addresses-eth0.service" ];
        after = [ "network-addresses-eth0.service" ];
        unitConfig.RequiresMountsFor = [ "/nix/store" "/run/xchg" ];
        preStart = "install -m 600 ${./smbpasswd} /run/samba/smbpasswd";
        serviceConfig = {
          RuntimeDirectory = "samba";
          ExecStart = "${lib.getExe' pkgs.samba "smbd"} --foreground --no-process-group --debug-stdout --configfile=/etc/casement/smb.conf";
          LimitNOFILE = 16384;
        };
      }
    ];
    systemd.services.casement-agent = lib.mkMerge [
      forTheWholeRun
      {
        description = "Casement's agent";
        unitConfig.RequiresMountsFor = [ "/run/xchg" ];
        serviceConfig.ExecStart = "${lib.getExe' (pkgs.nodejs-slim_24 or pkgs.nodejs_24) "node"} ${cfg.agent}/share/casement/agent.mjs";
      }
    ];
    # Started when its port is there: the agent looks for it once.
    services.udev.extraRules = ''
      SUBSYSTEM=="virtio-ports", ATTR{name}=="${agentPort}", TAG+="systemd", ENV{SYSTEMD_WANTS}="casement-agent.service"
    '';
    systemd.targets.casement-controller = {
      description = "Everything that the controller is for";
      wantedBy = [ "multi-user.target" ];
    };

    system.stateVersion = lib.mkDefault lib.trivial.release;
  };
}
