import { optionValue as value } from "./arguments.ts";

/** Whether a machine's RAM is QEMU's own, or a file that a freeze leaves behind, or that file again, mapped privately and read-only. */
export type RamRole =
  | { readonly kind: "boot" | "install" }
  | { readonly kind: "freeze" | "revive"; readonly ram: string };

/** Machine type and memory of a machine, and where its state comes from. */
export function memoryOptions(
  { machineType, memoryMiB }: { readonly machineType: string; readonly memoryMiB: number },
  role: RamRole,
): string[] {
  const size = `${memoryMiB}M`;
  if (!("ram" in role)) return ["-machine", machineType, "-m", size];
  const sharing =
    role.kind === "freeze"
      ? "share=on"
      : // rom=off: without it QEMU runs, says "running", and the RAM cannot be written: a silent hang.
        "share=off,readonly=on,rom=off";
  // The state names the RAM block after this id: it has to be the same at freeze and revive.
  // biome-ignore format: an option and its value stay on one line
  return [
    "-machine", `${machineType},memory-backend=ram0`,
    "-m", size,
    "-object", `memory-backend-file,id=ram0,size=${size},${sharing},mem-path=${value(role.ram)}`,
    ...(role.kind === "revive" ? ["-incoming", "defer"] : []),
  ];
}

/** The command line, one option with its value a string. */
export function groupOptions(args: readonly string[]): string[] {
  const options: string[] = [];
  for (const word of args) {
    const last = options.length - 1;
    if (word.startsWith("-")) options.push(word);
    else options[last] = `${options[last] ?? ""} ${word}`;
  }
  return options;
}
