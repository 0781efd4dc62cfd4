import assert from "node:assert/strict";
import { test } from "node:test";
import { releases } from "../../src/catalogue/releases.ts";
import { checkSpec } from "../../src/spec/check.ts";
import { showPath } from "../../src/spec/show.ts";

interface Row {
  readonly title: string;
  readonly windows: object;
  readonly hardware?: object;
  readonly fault: RegExp;
}

const seven = { release: "windows-7" };
const ten = { release: "windows-10-22h2" };
const newest = { release: "windows-11-24h2" };
const arm = { release: "windows-11-24h2", architecture: "arm64", drivers: { virtioWin: true } };
const xp = { release: "windows-xp" };

const firmwareRows: readonly Row[] = [
  {
    title: "Windows 7 under UEFI",
    windows: seven,
    hardware: { firmware: "uefi" },
    fault:
      /^hardware\.firmware: Windows 7 SP1 on amd64 cannot be installed with it, got uefi; allowed: bios \(Its boot loader hangs without the video BIOS that OVMF does not have: leave hardware\.firmware out\.\)/,
  },
  {
    title: "Windows 7 under UEFI on a machine type that fits UEFI",
    windows: seven,
    hardware: { firmware: "uefi", machineType: "pc-q35-10.0" },
    fault: /^hardware\.firmware: Windows 7 SP1 on amd64/,
  },
  {
    title: "a 32-bit Windows under UEFI",
    windows: { ...ten, architecture: "x86" },
    hardware: { firmware: "uefi" },
    fault: /allowed: bios \(A 32-bit Windows needs a 32-bit UEFI, .* or set windows\.architecture to amd64/,
  },
  {
    title: "a 32-bit Windows under UEFI that has no other architecture with UEFI",
    windows: { ...seven, architecture: "x86" },
    hardware: { firmware: "uefi" },
    fault:
      /A 32-bit Windows needs a 32-bit UEFI, which casement does not have: leave hardware\.firmware out\.\)/,
  },
  {
    title: "XP under UEFI",
    windows: xp,
    hardware: { firmware: "uefi" },
    fault: /^hardware\.firmware: Windows XP SP3 on x86 .* \(It is older than UEFI/,
  },
  {
    title: "arm64 under a BIOS",
    windows: arm,
    hardware: { firmware: "bios" },
    fault: /^hardware\.firmware: .* got bios; allowed: uefi \(Machines of arm64 have no BIOS/,
  },
];

const architectureRows: readonly Row[] = [
  {
    title: "an architecture that a release does not exist for",
    windows: { ...seven, architecture: "arm64" },
    fault: /^windows\.architecture: Windows 7 SP1 does not exist for it, got "arm64"; allowed: amd64, x86$/,
  },
  {
    title: "an architecture that exists and is not offered",
    windows: { ...ten, architecture: "arm64" },
    fault:
      /^windows\.architecture: Windows 10 22H2 is not offered for it, got "arm64"; allowed: amd64, x86 \(Windows 10 on arm64 emulates programs of 32 bits only/,
  },
];

const machineRows: readonly Row[] = [
  {
    title: "a PC's machine type on arm64",
    windows: arm,
    hardware: { machineType: "pc-q35-10.0" },
    fault:
      /^hardware\.machineType: architecture arm64 needs virt-VERSION, got "pc-q35-10\.0" \(Leave hardware\.machineType out: then it is virt-10\.0\.\)/,
  },
  {
    title: "Arm's machine type on amd64",
    windows: ten,
    hardware: { machineType: "virt-10.0" },
    fault:
      /^hardware\.machineType: architecture amd64 needs pc-i440fx-VERSION or pc-q35-VERSION, got "virt-10\.0"/,
  },
  {
    title: "i440fx where the release's firmware is UEFI by default",
    windows: newest,
    hardware: { machineType: "pc-i440fx-10.0" },
    fault:
      /^hardware\.machineType: firmware uefi needs pc-q35-VERSION, .* Or set hardware\.firmware to bios\./,
  },
  {
    title: "XP on q35, which has no IDE",
    windows: xp,
    hardware: { machineType: "pc-q35-10.0" },
    fault:
      /^hardware\.machineType: Windows XP SP3 has drivers for ide disks only, which pc-q35 does not have, got "pc-q35-10\.0" \(Leave hardware\.machineType out: then it is pc-i440fx-10\.0\.\)/,
  },
];

const deviceRows: readonly Row[] = [
  {
    title: "NVMe on Windows 7",
    windows: seven,
    hardware: { diskBus: "nvme" },
    fault:
      /^hardware\.diskBus: Windows 7 SP1 on amd64 has no driver for disks on it, got nvme; allowed: ide, ahci, virtio, scsi \(NVMe came with 8\.1/,
  },
  {
    title: "NVMe, which QEMU cannot freeze",
    windows: ten,
    hardware: { diskBus: "nvme" },
    fault:
      /^hardware\.diskBus: machine type pc-i440fx has no NVMe disks that QEMU could freeze, got nvme; allowed: ide, ahci, virtio, scsi$/,
  },
  {
    title: "NVMe on arm64",
    windows: arm,
    hardware: { diskBus: "nvme" },
    fault: /^hardware\.diskBus: machine type virt has no NVMe disks .* got nvme; allowed: virtio, scsi$/,
  },
  {
    title: "AHCI on XP",
    windows: xp,
    hardware: { diskBus: "ahci" },
    fault: /^hardware\.diskBus: Windows XP SP3 on x86 has no driver for disks on it, got ahci; allowed: ide$/,
  },
  {
    title: "AHCI on arm64",
    windows: arm,
    hardware: { diskBus: "ahci" },
    fault: /^hardware\.diskBus: .* got ahci; allowed: virtio, scsi$/,
  },
  {
    title: "a virtio disk without virtio-win",
    windows: ten,
    hardware: { diskBus: "virtio" },
    fault:
      /^hardware\.diskBus: needs drivers that no medium of Windows has, got virtio \(Set windows\.drivers\.virtioWin to true, or use ide or ahci\.\)/,
  },
  {
    title: "a SCSI disk without virtio-win",
    windows: ten,
    hardware: { diskBus: "scsi", machineType: "pc-q35-10.0" },
    fault: /^hardware\.diskBus: .* got scsi \(Set windows\.drivers\.virtioWin to true, or use ahci\.\)/,
  },
  {
    title: "a virtio adapter without virtio-win",
    windows: ten,
    hardware: { nic: "virtio-net-pci" },
    fault:
      /^hardware\.nic: needs drivers that no medium of Windows has, got virtio-net-pci \(Set windows\.drivers\.virtioWin to true, or use e1000\.\)/,
  },
  {
    title: "arm64 without virtio-win",
    windows: { ...arm, drivers: {} },
    fault:
      /^windows\.drivers\.virtioWin: has to be true for Windows 11 24H2 on arm64, whose medium has no driver for any adapter/,
  },
  {
    title: "an adapter that the release has no driver for",
    windows: ten,
    hardware: { nic: "rtl8139" },
    fault:
      /^hardware\.nic: Windows 10 22H2 on amd64 has no driver for it, got rtl8139; allowed: e1000, virtio-net-pci$/,
  },
  {
    title: "e1000e on Windows 7",
    windows: seven,
    hardware: { nic: "e1000e", machineType: "pc-q35-10.0" },
    fault: /^hardware\.nic: Windows 7 SP1 on amd64 has no driver for it, got e1000e; allowed: e1000,/,
  },
  {
    title: "virtio-win for XP",
    windows: { ...xp, drivers: { virtioWin: true } },
    fault:
      /^windows\.drivers\.virtioWin: the Setup of Windows XP SP3 takes drivers from a floppy with TXTSETUP\.OEM only, got true \(Remove it/,
  },
  {
    title: "driver folders for XP",
    windows: { ...xp, drivers: { folders: ["a", "b"] } },
    fault: /^windows\.drivers\.folders: .* got a, b \(Remove it/,
  },
];

const sizeRows: readonly Row[] = [
  {
    title: "more memory than 32 bits address",
    windows: { ...ten, architecture: "x86" },
    hardware: { memoryMiB: 8192 },
    fault:
      /^hardware\.memoryMiB: has to be at most 4096 for Windows 10 22H2 on x86, which addresses no more, got 8192 \(For more, set windows\.architecture to amd64/,
  },
  {
    title: "more memory than XP addresses, which has no other architecture here",
    windows: xp,
    hardware: { memoryMiB: 4097 },
    fault:
      /^hardware\.memoryMiB: has to be at most 4096 for Windows XP SP3 on x86, .* \(The rest would be lost/,
  },
  {
    title: "a server with what its Setup fails with",
    windows: { release: "windows-server-2022" },
    hardware: { memoryMiB: 1024 },
    fault: /^hardware\.memoryMiB: has to be at least 2048 for Windows Server 2022, got 1024/,
  },
  {
    title: "a server on too small a disk",
    windows: { release: "windows-server-2008-r2" },
    hardware: { diskGiB: 20 },
    fault: /^hardware\.diskGiB: has to be at least 32 for Windows Server 2008 R2 SP1, got 20/,
  },
];

const cpuRows: readonly Row[] = [
  {
    title: "a CPU without SSE 4.2 for Windows 11 24H2",
    windows: newest,
    hardware: { cpu: { model: "qemu64-v1" } },
    fault:
      /^hardware\.cpu\.model: lacks SSE 4\.2 or POPCNT, which Windows 11 24H2 needs, got "qemu64-v1" \(Leave hardware\.cpu\.model out \(Westmere-v1\), or add the flags \+popcnt and \+sse4\.2\.\)/,
  },
  {
    title: "a CPU of which only half is added",
    windows: { release: "windows-server-2025" },
    hardware: { cpu: { model: "Penryn", flags: ["+popcnt"] } },
    fault: /^hardware\.cpu\.model: lacks SSE 4\.2 or POPCNT, which Windows Server 2025 needs, got "Penryn"/,
  },
  {
    title: "a named CPU under KVM on arm64",
    windows: arm,
    hardware: { cpu: { model: "cortex-a76" } },
    fault: /^hardware\.cpu\.model: KVM on arm64 has the host's own CPU only, got "cortex-a76"; allowed: host/,
  },
  {
    title: "an x86 CPU on arm64",
    windows: arm,
    hardware: { accelerator: "tcg", cpu: { model: "Westmere-v1" } },
    fault:
      /^hardware\.cpu\.model: is no CPU of arm64, got "Westmere-v1" \(Leave hardware\.cpu\.model out: then it is cortex-a76\.\)/,
  },
  {
    title: "an Arm CPU on amd64",
    windows: ten,
    hardware: { cpu: { model: "neoverse-n1" } },
    fault: /^hardware\.cpu\.model: is no CPU of amd64, got "neoverse-n1" .* then it is Westmere-v1\.\)/,
  },
  {
    title: "the host's CPU under emulation",
    windows: ten,
    hardware: { accelerator: "tcg", cpu: { model: "host" } },
    fault: /^hardware\.cpu\.model: host is for kvm, which passes the host's CPU on, got "host"/,
  },
  {
    title: "an enlightenment that Windows 7 does not know",
    windows: seven,
    hardware: { cpu: { flags: ["hv-time", "hv_synic"] } },
    fault:
      /^hardware\.cpu\.flags\[1\]: Windows 7 SP1 knows no such enlightenment, got "hv_synic"; allowed: hv-relaxed, hv-vapic, hv-spinlocks, hv-time \(Remove it/,
  },
  {
    title: "an enlightenment on XP",
    windows: xp,
    hardware: { cpu: { flags: ["+hv-time"] } },
    fault:
      /^hardware\.cpu\.flags\[0\]: Windows XP SP3 knows no such enlightenment, got "\+hv-time"; allowed: none/,
  },
  {
    title: "an enlightenment on arm64",
    windows: arm,
    hardware: { cpu: { flags: ["hv-time"] } },
    fault: /^hardware\.cpu\.flags\[0\]: arm64 has no such enlightenment, got "hv-time"; allowed: none/,
  },
  {
    title: "all that the host has",
    windows: ten,
    hardware: { cpu: { flags: ["hv-passthrough"] } },
    fault:
      /^hardware\.cpu\.flags\[0\]: takes what the host has, and a snapshot must not depend on that, got "hv-passthrough" \(Name the flags/,
  },
];

for (const row of [
  ...architectureRows,
  ...firmwareRows,
  ...machineRows,
  ...deviceRows,
  ...sizeRows,
  ...cpuRows,
]) {
  test(`${row.title} is refused, with the way out`, () => {
    const faults = faultsOf(row.windows, row.hardware);
    assert.equal(faults.length, 1, faults.join("\n"));
    assert.match(faults[0] ?? "", row.fault);
  });
}

const allowed: readonly { title: string; windows: object; hardware?: object }[] = [
  {
    title: "virtio with virtio-win",
    windows: { ...ten, drivers: { virtioWin: true } },
    hardware: { diskBus: "scsi", nic: "virtio-net-pci" },
  },
  {
    title: "virtio with drivers of the spec's own",
    windows: { ...ten, drivers: { folders: ["net"] } },
    hardware: { nic: "virtio-net-pci" },
  },
  { title: "AHCI on i440fx", windows: seven, hardware: { diskBus: "ahci" } },
  { title: "UEFI for 8.1", windows: { release: "windows-8.1" }, hardware: { firmware: "uefi" } },
  { title: "arm64 emulated", windows: arm, hardware: { accelerator: "tcg", cpu: { model: "neoverse-n1" } } },
  {
    title: "a weak CPU for a release that does not mind",
    windows: { release: "windows-11-23h2" },
    hardware: { cpu: { model: "qemu64-v1" } },
  },
  {
    title: "a weak CPU with what it lacks added",
    windows: newest,
    hardware: { cpu: { model: "qemu64", flags: ["+popcnt", "+sse4.2"] } },
  },
  {
    title: "a weak CPU model with what is needed in another of QEMU's spellings",
    windows: newest,
    hardware: { cpu: { model: "qemu64", flags: ["+popcnt", "sse4_2=on"] } },
  },
  {
    title: "an enlightenment that is switched off",
    windows: seven,
    hardware: { cpu: { flags: ["hv-synic=off", "-hv-stimer"] } },
  },
  {
    title: "further enlightenments on a release that knows them",
    windows: ten,
    hardware: { cpu: { flags: ["hv-runtime"] } },
  },
  { title: "4 GiB for 32 bits", windows: { ...ten, architecture: "x86" }, hardware: { memoryMiB: 4096 } },
];

for (const { title, windows, hardware } of allowed) {
  test(`${title} is allowed`, () => assert.deepEqual(faultsOf(windows, hardware), []));
}

test("every release can be installed on each of its architectures with what it has by default", () => {
  for (const release of releases) {
    for (const { architecture } of release.platforms) {
      for (const accelerator of ["kvm", "tcg"]) {
        const drivers = architecture === "arm64" ? { virtioWin: true } : {};
        const windows = { release: release.id, architecture, drivers };
        assert.deepEqual(hardwareFaults(faultsOf(windows, { accelerator })), [], release.id);
      }
    }
  }
});

function faultsOf(windows: object, hardware: object = {}): string[] {
  return hardwareFaults(
    checkSpec({ name: "hello", windows, hardware }).faults.map(
      (fault) =>
        `${showPath(fault.path)}: ${fault.message}${fault.hint === undefined ? "" : ` (${fault.hint})`}`,
    ),
  );
}

// XP also wants a key, which is another rule's matter.
function hardwareFaults(faults: readonly string[]): string[] {
  return faults.filter((fault) => !fault.startsWith("windows.productKey"));
}
