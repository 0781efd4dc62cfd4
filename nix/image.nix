# Stage 1: installs Windows from the media. Depends on media, QEMU and the runtime; not on agent, controller or the
# user's packages.
{
  stage,
  stageConfig,
  machine,
  meta,
  passthru,
}:
stage {
  name = "casement-${machine.name}-image";
  inherit (machine.hardware) accelerator;
  inherit stageConfig passthru;
  meta = meta // {
    description = "Disk of ${machine.name} (${machine.release}) as its unattended installation left it";
  };
}
