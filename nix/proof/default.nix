# Everything that shows how a machine really behaved, in one file that can be sent: what image and snapshot logged
# (beacons, timings, screenshots, fingerprint) and what a run saw inside. docs/first-real-windows.md reads it.
{
  lib,
  tools,
  machine,
  standIn,
  image,
  snapshot,
  runCommand,
}:
let
  inside = runCommand "casement-${machine.name}-proof-run" { } (lib.fileContents ./in-the-guest.sh);
in
derivation {
  name = "casement-${machine.name}-proof";
  system = "x86_64-linux";
  builder = tools.node;
  args = [ ./bundle.mjs ];
  inherit (tools) tar;
  inherit
    image
    snapshot
    inside
    standIn
    ;
}
// {
  inherit inside;
}
