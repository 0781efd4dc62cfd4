import type { Hardware } from "../../contract/machine.ts";

/** What a machine type is built like, whatever its version: two PCs, and arm64's only one. */
export type Board = "i440fx" | "q35" | "virt";

/** The board of a machine type; the contract allows no others. */
export function boardOf({ machineType }: Pick<Hardware, "machineType">): Board {
  if (machineType.startsWith("virt-")) return "virt";
  return machineType.startsWith("pc-q35-") ? "q35" : "i440fx";
}
