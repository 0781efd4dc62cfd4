# The minimal controller, booted once and frozen: every stage that needs one revives it. Depends on its kernel, initramfs
# (smbd, Samba's settings, the account), hardware and QEMU; not on the guest.
{
  stage,
  stageConfig,
  machine,
}:
stage {
  name = "casement-${machine.name}-controller";
  inherit stageConfig;
  outputs = [
    "out"
    "ram"
  ];
  attributes = {
    # A memory may hold what looks like store paths.
    unsafeDiscardReferences.ram = true;
    # As of the snapshot: made faster than fetched, and for this kind of host.
    allowSubstitutes = machine.nix.substituteSnapshots;
  };
  meta.description = "Frozen controller of ${machine.name}, revived for each run";
}
