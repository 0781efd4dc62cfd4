import { findMediaPage } from "./media-pages.ts";
import { defaultMachineType, devicesOn, findMachineFamily } from "./machine-types.ts";
import type { CygwinSupport, Edition, ImageChoice, Platform, Release } from "./release.ts";
import { enlightenments, firstEnlightenments } from "./parts.ts";
import { releases } from "./releases.ts";

/** docs/releases.md: every release, platform and edition, as the catalogue has them. */
export function renderReleasesPage(): string {
  return `# Releases of Windows

What casement knows of each release. This page is written from src/catalogue/ by \`node tools/docs.ts\`; do not edit it.
Sources stand in the source, beside each value. Nobody among the authors could boot Windows: the last column of the first
table names the rows of [assumptions.md](assumptions.md) that a release rests on, beside those that concern every release.

## Machines

The first value of each list is the default; adapter and disk are what the default machine type has (pc-i440fx for BIOS,
pc-q35 for UEFI, virt for arm64), and \`virtio\`, \`scsi\` and \`virtio-net-pci\` need \`windows.drivers.virtioWin\`. Memory
is least / default (/ most); disks are least / default and sparse. A spec that asks for less, or for what a release, an
architecture or a machine type does not have, is refused with the way out.

| release | architecture | firmware | disk | adapter | CPU under kvm; tcg | Hyper-V flags | CPUs | memory (MiB) | disk (GiB) | Cygwin | virtio-win | believed |
|---|---|---|---|---|---|---|---|---|---|---|---|---|
${releases.flatMap((release) => release.platforms.map((platform) => row(machineCells(release, platform)))).join("\n")}

- **32 bits** address 4 GiB, and part of that is for devices: up to 3583 MiB (pc-i440fx) or 2815 MiB (pc-q35) are used whole,
  with more QEMU puts all but 3 GiB (2 GiB) where a 32-bit Windows does not look.
- **arm64** under kvm needs an arm64 host; a spec cannot know the host, so an x86 host is found out when QEMU starts. Its KVM
  passes the host's own CPU on, and a snapshot revives on hosts with the same CPU only.
- **CPU models** are enforced: a host that lacks a feature is refused. Windows 11 24H2 and later and Server 2025 execute SSE 4.2
  and POPCNT; models without them are refused for these.
- **Hyper-V flags** are given under kvm: ${words(enlightenments)}; the four are ${words(firstEnlightenments)}.
- **TPM and Secure Boot** are wanted by clients of Windows 11 only. The VM has neither; \`windows.requirementBypass\` switches
  the check off.
- **NVMe** is offered nowhere: QEMU cannot freeze a machine that has such a disk.
- **Cygwin** is the current one, or the last dated archive that still runs.

## Media

Microsoft's pages with media for everybody, as far as known; each has the newest of its kind, and the name says whether it is for
evaluation. What is missing here has been given to subscribers and volume licensees only. How to use an ISO: [media.md](media.md).

| release | architecture | medium | page |
|---|---|---|---|
${releases.flatMap((release) => release.platforms.flatMap((platform) => mediaRows(release, platform))).join("\n")}

## Not offered

${notOffered().join("\n")}

## Editions

The first of a release is the default. Images are found in the medium's install.wim by name or by number;
\`windows.image\` gives another one, and names differ between builds. A key selects the edition and activates nothing; "own"
means that no public key is known and \`windows.productKey\` is required.

| release | edition | image | key |
|---|---|---|---|
${releases.flatMap((release) => release.editions.map((edition) => row(editionCells(release, edition)))).join("\n")}
`;
}

function machineCells(release: Release, platform: Platform): string[] {
  const { architecture, firmwares, cpuModels, memory, disk, vcpus, cygwin } = platform;
  const family = findMachineFamily(defaultMachineType(architecture, firmwares[0]));
  const { diskBuses, nics } = family === undefined ? platform : devicesOn(platform, family);
  return [
    `\`${release.id}\``,
    architecture,
    firmwares.join(", "),
    diskBuses.join(", "),
    nics.join(", "),
    cpuModels.kvm === cpuModels.tcg ? cpuModels.kvm : `${cpuModels.kvm}; ${cpuModels.tcg}`,
    `${platform.enlightenments.length}`,
    `${vcpus.default}`,
    [memory.minimumMiB, memory.defaultMiB, memory.maximumMiB].filter((size) => size !== null).join(" / "),
    `${disk.minimumGiB} / ${disk.defaultGiB}`,
    cygwinWords(cygwin),
    release.virtioWinFolder === null ? "none" : `\`${release.virtioWinFolder}\``,
    release.beliefs.join(", "),
  ];
}

function mediaRows({ id }: Release, { architecture }: Platform): string[] {
  return [false, true].flatMap((evaluation) => {
    const page = findMediaPage(id, { architecture, evaluation });
    return page === null
      ? []
      : [row([`\`${id}\``, architecture, evaluation ? "evaluation" : "retail", `<${page}>`])];
  });
}

function words(flags: readonly string[]): string {
  return flags.map((flag) => `\`${flag}\``).join(", ");
}

function cygwinWords({ architecture, lastArchive, sshdService }: CygwinSupport): string {
  return `${architecture}, ${lastArchive ?? "current"}, \`${sshdService}\``;
}

function editionCells(release: Release, { id, image, productKey, evaluation }: Edition): string[] {
  return [`\`${release.id}\``, id, imageWords(image), productKey ?? (evaluation ? "none" : "own")];
}

function imageWords(image: ImageChoice): string {
  return image.kind === "index" ? `number ${image.index}` : `\`${image.name}\``;
}

function notOffered(): string[] {
  return releases.flatMap((release) =>
    Object.entries(release.notOffered).map(
      ([architecture, reason]) => `- \`${release.id}\` on ${architecture}: ${reason}`,
    ),
  );
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
