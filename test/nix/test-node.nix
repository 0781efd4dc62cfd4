# The program of a machine in a NixOS test of several nodes, where there is no NixOS: nix/nixos-test.nix' module is asked with what
# NixOS would say. `windows` was loaded with a package set whose testers.runNixOSTest hands its module back.
{
  lib,
  windows,
  # What a test says of the machine itself
  says ? { },
}:
let
  module = lib.last (windows.nixosTest { }).imports;
  on = hostName: address: {
    networking = {
      inherit hostName;
      interfaces.casement.ipv4.addresses = [
        {
          inherit address;
          prefixLength = 24;
        }
      ];
    };
  };
  said = module {
    lib = lib // {
      mkForce = content: { inherit content; };
    };
    options.nodes.definitionsWithLocations = [
      {
        file = said._file;
        value.windows.networking = { };
      }
      {
        file = "/checks.nix";
        value = {
          server = { };
          windows = says;
        };
      }
    ];
    config.nodes = {
      neighbour = on "neighbour" "192.168.0.10";
      elsewhere.networking = {
        hostName = "elsewhere";
        interfaces = { };
      };
      nameless = on "" "192.168.0.11";
      server = on "server" "192.168.0.12";
      web_server = on "web_server" "192.168.0.14";
      windows = on "windows" "192.168.0.1";
    };
  };
in
said.config.nodes.windows.system.build.vm.content
