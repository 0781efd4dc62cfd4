import { InternalError } from "../errors.ts";
import type { ExtraSetting } from "./settings.ts";
import type { Component } from "./tree.ts";

/** The components with the settings that the spec adds to them, in the order in which they were given. */
export function mergeExtraSettings(
  components: readonly Component[],
  extras: readonly ExtraSetting[],
): Component[] {
  if (extras.length === 0) return [...components];
  throw new InternalError("extraSettings are not merged yet");
}
