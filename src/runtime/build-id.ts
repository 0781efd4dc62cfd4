import { randomBytes } from "node:crypto";

/** A new build id: two builds of one derivation differ by it, where their store paths do not. */
export function makeBuildId(): string {
  return randomBytes(16).toString("hex");
}
