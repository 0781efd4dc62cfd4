# Stage 2: boots the image once and freezes it. The RAM is an output of its own: what lies in a guest's memory may look
# like store paths, and Nix must not take them for references.
{
  # Of the output.
  name,
  stage,
  stageConfig,
  machine,
  meta,
  passthru,
}:
stage {
  inherit name;
  inherit stageConfig passthru;
  outputs = [
    "out"
    "ram"
  ];
  attributes = {
    unsafeDiscardReferences.ram = true;
    # Unless the spec says otherwise: gigabytes that are made faster than they are fetched, and that fit this kind of host only.
    allowSubstitutes = machine.nix.substituteSnapshots;
  };
  meta = meta // {
    description = "Frozen memory of ${machine.name} (${machine.release}), revived for each run";
  };
}
