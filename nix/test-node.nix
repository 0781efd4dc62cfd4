# A revived machine as a program that the driver of a NixOS test starts for a VM: it gives QEMU's options of its own and two folders,
# by environment, and the runtime takes what a frozen machine can take (src/runtime/test-driver/words.ts).
{
  toolPkgs,
  node,
  # Holds share/casement/runtime.mjs.
  runtime,
  # { hosts; } -> configuration of the stage
  stageConfig,
}:
{
  # Of the node; older drivers read it from the program's name.
  name,
  # Number of its network in the test.
  vlan,
  # The other nodes: [ { address; name; } ]
  hosts,
}:
let
  config = stageConfig { inherit hosts; };
  configFile = toolPkgs.writeText "casement-${name}-node.json" (builtins.toJSON config);
in
toolPkgs.writeShellScriptBin "run-${name}-vm" ''
  # The driver reads this program's output as the machine's serial console: nothing in it is for Nix.
  unset NIX_LOG_FD
  export NIX_BUILD_TOP=$TMPDIR
  exec ${node} ${runtime}/share/casement/runtime.mjs ${configFile} \
    --switch "$QEMU_VDE_SOCKET_${toString vlan}" --shared "$SHARED_DIR" "$@" 2>&1
''
// {
  stageConfig = config;
}
