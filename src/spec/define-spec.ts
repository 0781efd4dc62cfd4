import type { SpecInput } from "./schema.ts";

/** Returns the spec as it is; it gives editors the types. Does not validate: generate does. */
export function defineSpec(spec: SpecInput): SpecInput {
  return spec;
}
