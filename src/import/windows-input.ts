import type { SpecInput } from "../spec/schema.ts";

/** What an importer contributes to `windows` of the spec. */
export type WindowsPart = Partial<SpecInput["windows"]>;
