# A NixOS test with this machine among its nodes, as `windows`. The test's driver does with it what it does with the others: its
# program is the runtime in the place of QEMU, and the rest of its NixOS configuration is never built.
{
  lib,
  pkgs,
  machine,
  # nix/test-node.nix, applied
  testNode,
}:
test:
let
  name = "windows";
  interface = "casement";
  # NixOS would give this network the addresses 192.168.0.N; frozen are 192.168.0.1, the machine's, and 192.168.0.2, its controller's.
  vlan = 0;
  address = "192.168.0.1";
  addressOf = number: "192.168.0.${toString (9 + number)}";
  on = address: [
    {
      inherit address;
      prefixLength = 24;
    }
  ];

  # A node that was taken off the network is not known on it, and neither is one without a name.
  neighbours =
    nodes:
    lib.filter ({ name, ... }: name != "") (
      lib.concatMap (
        { networking, ... }:
        map ({ address, ... }: {
          inherit address;
          name = networking.hostName;
        }) (networking.interfaces.${interface} or { ipv4.addresses = [ ]; }).ipv4.addresses
      ) (lib.attrValues (lib.removeAttrs nodes [ name ]))
    );

  file = "casement: nixosTest";

  # What somebody else has said of this node: the machine is frozen, and would not be asked.
  assertUntouched =
    definitions: node:
    let
      others = lib.filter (
        definition: definition.file != file && (definition.value.${name} or { }) != { }
      ) definitions;
    in
    if others == [ ] then
      node
    else
      throw ''
        casement: ${machine.name}: nixosTest: nodes.${name}: this node is the frozen machine, and takes no options of NixOS
          Defined in ${lib.concatMapStringsSep ", " (definition: definition.file) others}
          Its memory, programs and network are the spec's; what is for the other nodes alone belongs to each of them.'';

  # Of the user's nixpkgs: Casement's own `lib` may be another.
  module =
    {
      config,
      lib,
      options,
      ...
    }:
    {
      key = "casement";
      _file = file;
      config = {
        nodes.${name} = {
          virtualisation.vlans = lib.mkForce [ ];
          networking.interfaces.${interface}.ipv4.addresses = lib.mkForce (on address);
          networking.primaryIPAddress = lib.mkForce address;
          system.build.vm = lib.mkForce (
            assertUntouched options.nodes.definitionsWithLocations (testNode {
              inherit name vlan;
              hosts = neighbours (config.allMachines or config.nodes);
            })
          );
        };
        defaults = neighbour;
      }
      # An older nixpkgs has no such option: there every test wants KVM.
      // lib.optionalAttrs (options ? requiredFeatures) {
        requiredFeatures = {
          kvm = lib.mkDefault (machine.hardware.accelerator == "kvm");
        }
        // lib.genAttrs machine.nix.requiredSystemFeatures (_: true);
      };
    };

  neighbour =
    { config, lib, ... }:
    {
      # The network that a test has where it names none.
      virtualisation.vlans = lib.mkDefault [ 1 ];
      virtualisation.interfaces.${interface}.vlan = vlan;
      networking.interfaces = lib.mkIf (config.virtualisation.interfaces ? ${interface}) {
        ${interface}.ipv4.addresses = on (addressOf config.virtualisation.test.nodeNumber);
      };
    };
in
if !(pkgs ? testers.runNixOSTest) then
  throw ''
    casement: ${machine.name}: nixosTest: this package set has no NixOS (no attribute `testers.runNixOSTest`)
      Hand load a nixpkgs as pkgs: import nixpkgs { system = "x86_64-linux"; }''
else
  pkgs.testers.runNixOSTest {
    imports = [
      test
      module
    ];
  }
