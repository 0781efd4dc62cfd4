import type { Hardware } from "../contract/machine.ts";
import type { ImageRecord } from "../contract/records.ts";
import { exitCodes, ToolError } from "../errors.ts";
import { checkSame } from "./fingerprint.ts";

/** A system that was installed on other hardware may not boot, or ask for drivers; memory and CPU may change freely. Throws ToolError. */
export function assertSameInstalledHardware(
  record: ImageRecord,
  config: { readonly image: string; readonly stage: string; readonly hardware: Hardware },
): void {
  const pick = ({ firmware, disk, nic, machineType }: Hardware) => ({ firmware, disk, nic, machineType });
  const found = checkSame(pick(record.hardware), pick(config.hardware));
  if (found.length === 0) return;
  const lines = found.map(
    ({ part, frozen, now }) =>
      `  hardware.${part}: the image has ${JSON.stringify(frozen)}, this ${config.stage} ${JSON.stringify(now)}`,
  );
  throw new ToolError(`image ${config.image} was installed on other hardware\n${lines.join("\n")}`, {
    exitCode: exitCodes.mismatch,
  });
}
