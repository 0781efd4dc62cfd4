/** The package's public face: what a spec in TypeScript imports. */
export { defineSpec } from "./spec/define-spec.ts";
export type { SpecInput as Spec } from "./spec/schema.ts";
