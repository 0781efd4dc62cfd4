import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { KvmFacts } from "./facts.ts";

/** Why /dev/kvm, if there is one, has no hardware behind it; undefined where nothing speaks against it. */
export function uselessKvm({
  cpuFlags,
  modules,
}: Pick<KvmFacts, "cpuFlags" | "modules">): string | undefined {
  // It opens, creates VMs, and is many times slower than QEMU's own emulation.
  if (modules.includes("kvm_pvm")) return "/dev/kvm is served by kvm_pvm, which emulates ordinary guests";
  if (cpuFlags.includes("vmx") || cpuFlags.includes("svm")) return undefined;
  return "the CPU shows neither vmx nor svm, so /dev/kvm has no hardware behind it";
}

/** Reads what there is of KVM; what cannot be read counts as absent. `root` is the file system's, another one in tests. */
export function loadKvmFacts(root = "/"): KvmFacts {
  return {
    device: orElse(() => {
      const { mode, uid, gid } = statSync(join(root, "dev/kvm"));
      return { mode: mode & 0o777, uid, gid };
    }, undefined),
    cpuFlags:
      orElse(
        () =>
          /^flags\s*:(.*)$/m
            .exec(readFileSync(join(root, "proc/cpuinfo"), "utf8"))?.[1]
            ?.trim()
            .split(" "),
        undefined,
      ) ?? [],
    modules: orElse(() => readdirSync(join(root, "sys/module")), []),
  };
}

function orElse<T>(read: () => T, absent: T): T {
  try {
    return read();
  } catch {
    return absent;
  }
}
