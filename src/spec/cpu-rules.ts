import { isModelOf, lacksSse42AndPopcnt } from "../catalogue/cpu-models.ts";
import type { Fault } from "./issues.ts";
import type { Subject } from "./rule-subject.ts";
import type { Spec } from "./schema.ts";
import { showValue } from "./show.ts";

/** Rules about `hardware.cpu` that depend on the release and its architecture. */
export const cpuRules: readonly ((subject: Subject) => Fault[])[] = [
  modelFitsArchitecture,
  modelIsEnough,
  flagsFitRelease,
];

/** Enlightenments exist under KVM only: under TCG QEMU takes them without a word and gives the guest nothing. */
export function flagsFitAccelerator(spec: Spec): Fault[] {
  if (spec.hardware.accelerator === "kvm") return [];
  return enlightenmentsOf(spec).map(({ path, flag }) => ({
    path,
    message: `Hyper-V's enlightenments exist under kvm only, got ${showValue(flag)}`,
    hint: "Remove it, or set hardware.accelerator to kvm.",
  }));
}

function modelFitsArchitecture({ spec, platform }: Subject): Fault[] {
  const { accelerator, cpu } = spec.hardware;
  const { model } = cpu;
  const { architecture } = platform;
  if (model === undefined) return [];
  if (architecture === "arm64" && accelerator === "kvm" && model !== "host") {
    return [
      {
        path: ["hardware", "cpu", "model"],
        message: `KVM on arm64 has the host's own CPU only, got ${showValue(model)}; allowed: host`,
        hint: "Leave hardware.cpu.model out.",
      },
    ];
  }
  if (model === "host" && accelerator === "tcg") {
    return [
      {
        path: ["hardware", "cpu", "model"],
        message: `host is for kvm, which passes the host's CPU on, got ${showValue(model)}`,
        hint: `Leave hardware.cpu.model out: then it is ${platform.cpuModels.tcg}.`,
      },
    ];
  }
  if (isModelOf(architecture, model)) return [];
  return [
    {
      path: ["hardware", "cpu", "model"],
      message: `is no CPU of ${architecture}, got ${showValue(model)}`,
      hint: `Leave hardware.cpu.model out: then it is ${platform.cpuModels[accelerator]}.`,
    },
  ];
}

// Such a guest restarts again and again, or stops with a blue screen, long before it can say why.
function modelIsEnough({ spec, release, platform }: Subject): Fault[] {
  const { model, flags } = spec.hardware.cpu;
  if (model === undefined || !release.needsSse42 || !lacksSse42AndPopcnt(model)) return [];
  const added = new Set(
    // QEMU takes all three spellings.
    (flags ?? []).map((flag) => flag.replace(/^\+|=on$/g, "").replace(/^sse4[-_]2$/, "sse4.2")),
  );
  if (added.has("sse4.2") && added.has("popcnt")) return [];
  return [
    {
      path: ["hardware", "cpu", "model"],
      message: `lacks SSE 4.2 or POPCNT, which ${release.title} needs, got ${showValue(model)}`,
      hint: `Leave hardware.cpu.model out (${platform.cpuModels.tcg}), or add the flags +popcnt and +sse4.2.`,
    },
  ];
}

function flagsFitRelease({ spec, release, platform }: Subject): Fault[] {
  if (spec.hardware.accelerator !== "kvm") return [];
  const known = platform.enlightenments.map(nameOf);
  // New releases know every one of QEMU's; which the old ones know, stands in the catalogue.
  const knowsAll = known.includes("hv-synic");
  return enlightenmentsOf(spec).flatMap(({ path, flag }): Fault[] => {
    const name = nameOf(flag);
    if (name === "hv-passthrough") {
      return [
        {
          path,
          message: `takes what the host has, and a snapshot must not depend on that, got ${showValue(flag)}`,
          hint: `Name the flags, or leave hardware.cpu.flags out: then they are ${known.join(", ") || "none"}.`,
        },
      ];
    }
    if (knowsAll || known.includes(name)) return [];
    const where = platform.architecture === "arm64" ? "arm64 has" : `${release.title} knows`;
    return [
      {
        path,
        message: `${where} no such enlightenment, got ${showValue(flag)}; allowed: ${known.join(", ") || "none"}`,
        hint: "Remove it.",
      },
    ];
  });
}

// Those that are switched on: `-hv-time` and `hv-time=off` are harmless everywhere.
function enlightenmentsOf(spec: Spec): { path: PropertyKey[]; flag: string }[] {
  return (spec.hardware.cpu.flags ?? []).flatMap((flag, index) =>
    /^\+?hv[-_]/.test(flag) && !flag.endsWith("=off")
      ? [{ path: ["hardware", "cpu", "flags", index], flag }]
      : [],
  );
}

function nameOf(flag: string): string {
  return flag.replace(/^\+/, "").replace(/=.*$/, "").replaceAll("_", "-");
}
