import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { fieldOf, type Path } from "./document.ts";
import { mappings, numbers, texts } from "./samples.ts";
import { innermost, itemOf, membersOf, type Target } from "./targets.ts";

/** What to write at a target in the place of what is there. */
export interface Candidates {
  /** Undefined leaves the field out. */
  readonly values: readonly unknown[];
  /** How many of them are enough, because each that is taken shows the same. */
  readonly enough: number;
}

/** Other values for a target, as far as its own schema takes them; whether they fit the rest of the spec is another question. */
export function candidatesFor(target: Omit<Target, "inner">): Candidates {
  const { path, schema, written } = target;
  const { values, enough } = valuesFor(schema, path, written);
  const without = written !== undefined && isRemovable(target) ? [undefined] : [];
  const others = values.filter(
    (value) => !isDeepStrictEqual(value, written) && schema.safeParse(value).success,
  );
  return { values: [...without, ...others], enough: enough + without.length };
}

/** Whether the spec may be silent there. */
export function isRemovable({ path, schema }: Pick<Target, "path" | "schema">): boolean {
  return (
    typeof path.at(-1) === "number" ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  );
}

function valuesFor(schema: z.ZodType, path: Path, written: unknown): Candidates {
  const inner = innermost(schema);
  if (inner instanceof z.ZodBoolean) {
    const now = written ?? (schema instanceof z.ZodDefault ? schema.def.defaultValue : undefined);
    return all([true, false].filter((value) => value !== now));
  }
  if (inner instanceof z.ZodEnum) return enumValues(inner.options);
  const item = itemOf(schema);
  if (item !== undefined) return listValues(item, path, written);
  if (membersOf(schema) !== undefined) return all(mappingValues(schema, path));
  const near = typeof written === "number" ? [written + 1, written - 1] : [];
  const known = new Set([...near, ...texts, ...numbers, true, false]);
  return { values: [...known].filter((value) => inner.safeParse(value).success), enough: 2 };
}

// Each value of a short list is a case of its own; of a long one, such as time zones, a few do.
function enumValues(options: readonly unknown[]): Candidates {
  return options.length <= 20 ? all(options) : { values: options, enough: 4 };
}

/** With none, and with an item more: at the end, or at the beginning where the end is taken. */
function listValues(item: z.ZodType, path: Path, written: unknown): Candidates {
  const old: readonly unknown[] = Array.isArray(written) ? written : [];
  const { values } = valuesFor(item, [...path, old.length], undefined);
  const none = old.length === 0 ? [] : [[]];
  const more = [...values.map((value) => [...old, value]), ...values.map((value) => [value, ...old])];
  return { values: [...none, ...more], enough: none.length + 2 };
}

/** With what it has to have, and with all that it may have. */
function mappingValues(schema: z.ZodType, path: Path): readonly unknown[] {
  const given = mappings[fieldOf(path)];
  if (given !== undefined) return given;
  const members = (membersOf(schema) ?? []).flatMap(([name, member]) => {
    const [value] = valuesFor(member, [...path, name], undefined).values;
    return value === undefined
      ? []
      : [{ name, value, required: !isRemovable({ path: [name], schema: member }) }];
  });
  const least = members.filter(({ required }) => required);
  return [least, members].map((some) => Object.fromEntries(some.map(({ name, value }) => [name, value])));
}

function all(values: readonly unknown[]): Candidates {
  return { values, enough: values.length };
}
