import { z } from "zod";
import { specSchema } from "./schema.ts";

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** JSON Schema 2020-12 of what a person may write. */
export function specJsonSchema(): JsonSchema {
  return z.toJSONSchema(specSchema, { io: "input" });
}
