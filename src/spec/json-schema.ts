import { z } from "zod";
import { specSchema } from "./schema.ts";

/** The part of JSON Schema that zod writes for a spec. */
export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

/** JSON Schema 2020-12 of what a person may write. */
export function specJsonSchema(): JsonSchema {
  return z.toJSONSchema(specSchema, { io: "input" }) as JsonSchema;
}
