import { appendFileSync } from "node:fs";
import { orFullDisk } from "./full-disk.ts";
import type { Vitals } from "./vitals.ts";

/**
 * Returns what appends to a file at once, for listeners: what they throw nobody catches, and it would end the runtime where it
 * stands. A file that takes no more fails the stage instead.
 */
export function appendTo(file: string, vitals: Vitals): (data: string | Uint8Array) => void {
  return (data) => {
    try {
      appendFileSync(file, data);
    } catch (error) {
      vitals.fail(error instanceof Error ? orFullDisk(error) : new Error(String(error)));
    }
  };
}
