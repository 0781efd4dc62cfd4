import { canBuild, stageSystem } from "./can-build.ts";
import type { Facts, HostFacts, KvmFacts, NixFacts } from "./facts.ts";
import { type Finding, finding } from "./finding.ts";
import { uselessKvm } from "./kvm-hardware.ts";

/** Whether a sandboxed build has KVM, where the spec wants it (as it does unless it says otherwise). */
export function judgeKvm({ nix, host, kvm, project }: Facts): readonly Finding[] {
  if (project?.accelerator === "tcg") {
    return [
      finding("kvm", "ok", "not needed: the spec says accelerator: tcg, which emulates every instruction"),
    ];
  }
  const fault = findKvmFault({ nix, host, kvm });
  if (fault === undefined) {
    const mode = kvm.device === undefined ? "" : `, mode ${octal(kvm.device.mode)}`;
    return [finding("kvm", "ok", `Nix offers it, and a build can open /dev/kvm${mode}`)];
  }
  const wanted = project?.requiredFeatures ?? ["kvm"];
  const remote = nix?.builders.find((builder) => canBuild(builder, wanted));
  if (remote === undefined) return [fault];
  return [finding("kvm", "ok", `not here (${fault.found}), but ${remote.uri} offers it`)];
}

/** Why a build here has no KVM, or may have none (a warning); undefined where it has. */
export function findKvmFault({ nix, host, kvm }: Pick<Facts, "nix" | "host" | "kvm">): Finding | undefined {
  if (host.system !== stageSystem) {
    return finding(
      "kvm",
      "problem",
      `stages are built on ${stageSystem}, and this is ${host.system}`,
      "Give Nix such a machine as a remote builder.",
    );
  }
  if (kvm.device === undefined) {
    return finding(
      "kvm",
      "problem",
      "there is no /dev/kvm",
      "Switch virtualization on in the machine's firmware (or nested virtualization, if this is a VM itself), and load its module:",
      "sudo modprobe kvm_intel   # or kvm_amd",
    );
  }
  const useless = uselessKvm(kvm);
  if (useless !== undefined) {
    return finding(
      "kvm",
      "problem",
      useless,
      "Build on a machine with real KVM; under emulation Windows is too slow to be of use.",
    );
  }
  if (nix === undefined) {
    return finding("kvm", "warning", "there is real KVM; whether a build may use it only Nix can say");
  }
  return findClosedDevice(kvm.device, host, nix) ?? findUnoffered(nix);
}

function findUnoffered({ settings, storeUrl }: NixFacts): Finding | undefined {
  if (settings === null || settings.systemFeatures.includes("kvm")) return undefined;
  // The daemon is root and finds out for itself.
  if (storeUrl === "daemon" && !settings.systemFeaturesAreGiven) return undefined;
  return finding(
    "kvm",
    "problem",
    `Nix does not offer the feature kvm; system-features has ${settings.systemFeatures.join(", ") || "none"}`,
    "In nix.conf: extra-system-features = kvm (and restart the daemon)",
  );
}

/**
 * Nix takes away a builder's supplementary groups before it enters the sandbox, and so the group kvm with them: a device
 * that its group may open is offered all the same, and QEMU cannot open it (nixpkgs#124371).
 */
function findClosedDevice(
  device: NonNullable<KvmFacts["device"]>,
  host: HostFacts,
  nix: NixFacts,
): Finding | undefined {
  const who = whoBuilds(host, nix);
  const bits = who.uid === device.uid ? 6 : who.gids.includes(device.gid) ? 3 : 0;
  if (((device.mode >> bits) & 0o6) === 0o6) return undefined;
  const group = [...host.groups].find(([, gid]) => gid === device.gid)?.[0] ?? String(device.gid);
  return finding(
    "kvm",
    // Without a sandbox the build users keep the groups that they are members of.
    nix.settings?.sandbox === "off" ? "warning" : "problem",
    `/dev/kvm has mode ${octal(device.mode)} and group ${group}; ${who.words}`,
    ...udevRule,
  );
}

const udevRule = [
  "Open it to all, as systemd's own rules do (a group does not help: no usermod):",
  `echo 'KERNEL=="kvm", MODE="0666"' | sudo tee /etc/udev/rules.d/99-kvm.rules`,
  "sudo udevadm control --reload && sudo udevadm trigger --name-match=kvm",
];

const closed = ", so Nix takes the job and QEMU cannot open it";

interface Builder {
  readonly uid: number | undefined;
  readonly gids: readonly number[];
  readonly words: string;
}

function whoBuilds(host: HostFacts, { settings, storeUrl }: NixFacts): Builder {
  const group = settings?.buildUsersGroup ?? "";
  if (storeUrl !== "daemon" && host.uid !== 0) {
    return { uid: host.uid, gids: host.gids, words: "builds run as you, and you may not open it" };
  }
  if (settings?.autoAllocateUids === true) {
    return { uid: undefined, gids: [], words: `builds run as users without groups${closed}` };
  }
  // root's own default, where the settings of a user do not tell it.
  const name = group === "" && storeUrl === "daemon" ? "nixbld" : group;
  if (name === "") return { uid: host.uid, gids: [0], words: `builds run as root${closed}` };
  const gid = host.groups.get(name);
  return {
    uid: undefined,
    gids: gid === undefined ? [] : [gid],
    words: `a sandboxed build has the group ${name} and no other${closed}`,
  };
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}
