# Stage 1: installs Windows from the media. Depends on media, QEMU and the runtime; not on agent, controller or the
# user's packages.
{
  stage,
  stageConfig,
  machine,
  meta,
  passthru,
  # A derivation that fails for a wrong medium, or null.
  mediumCheck,
}:
stage {
  name = "casement-${machine.name}-image";
  inherit stageConfig passthru;
  # An input, so that it is built first; the stage itself does not read it.
  attributes = if mediumCheck == null then { } else { inherit mediumCheck; };
  meta = meta // {
    description = "Disk of ${machine.name} (${machine.release}) as its unattended installation left it";
  };
}
