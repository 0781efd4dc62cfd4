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
  address = "192.168.0.2";
  guestAddress = "192.168.0.1";
  lastPort = "casement.ssh";
  # The guest's SSH port goes through it to the runtime, and the runtime's words to it.
  relay = pkgs.writeText "casement-relay.sh" ''
    busybox=${lib.getExe' pkgs.busybox "busybox"}
    nc=${lib.getExe' pkgs.busybox "nc"}
    address=${address}
    guest=${guestAddress}
    ${builtins.readFile ./relay.sh}
    open_ports || exit 1
    relay &
    tell running
    until_smbd_answers
    tell ready
    answer
  '';
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
    user = lib.mkOption {
      type = lib.types.str;
      default = "tester";
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
          inherit address;
          prefixLength = 24;
        }
      ];
      hosts.${guestAddress} = [ "windows" ];
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
    systemd.services.casement-relay = lib.mkMerge [
      forTheWholeRun
      {
        description = "Words with Casement's runtime, and the guest's SSH port for it";
        serviceConfig.ExecStart = "${lib.getExe' pkgs.busybox "busybox"} ash ${relay}";
      }
    ];
    # Started when the second of its ports has its name; both come from one device.
    services.udev.extraRules = ''
      SUBSYSTEM=="virtio-ports", ATTR{name}=="${lastPort}", TAG+="systemd", ENV{SYSTEMD_WANTS}="casement-relay.service"
    '';
    systemd.targets.casement-controller = {
      description = "Everything that the controller is for";
      wantedBy = [ "multi-user.target" ];
    };

    system.stateVersion = lib.mkDefault lib.trivial.release;
  };
}
