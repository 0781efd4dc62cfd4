import { mkdirSync } from "node:fs";
import { writeWhole } from "../machine/files.ts";
import { machineEnvironment, Registry } from "../machine/registry.ts";

/** Lays down what a fresh system has beside its files: registry keys that quietening looks for, empty state. */
export function seedSystem(target: string, edition: string): void {
  mkdirSync(`${target}/stand-in/state/services`, { recursive: true });
  writeWhole(`${target}/stand-in/state/network`, "");
  const registry = Registry.load(target);
  const current = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
  registry.add(current, { name: "ProductName", type: "REG_SZ", data: `casement stand-in for ${edition}` });
  const Path = "%SystemRoot%\\System32;%SystemRoot%";
  registry.add(machineEnvironment, { name: "Path", type: "REG_EXPAND_SZ", data: Path });
  // The drivers and services that have a key of their own on a fresh Windows; one of them is left out on purpose, so that both answers are met.
  for (const service of ["WdBoot", "WdFilter", "WdNisDrv", "WdNisSvc", "WinDefend", "WaaSMedicSvc"]) {
    registry.add(`HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\${service}`, {
      name: "Start",
      type: "REG_DWORD",
      data: "0x2",
    });
  }
  registry.save();
}
