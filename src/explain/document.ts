/** Where something stands in a spec: keys of mappings and places in lists. */
export type Path = readonly (string | number)[];

/** The document with a value at the path; mappings that are missing on the way are made. The given document stays as it is. */
export function withValue(document: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(document)) {
    return document.map((item: unknown, index) => (index === key ? withValue(item, rest, value) : item));
  }
  const base = isMapping(document) ? document : {};
  return { ...base, [key]: withValue(Reflect.get(base, key), rest, value) };
}

/** The document without what stands at the path; the rest of a list moves up. The given document stays as it is. */
export function withoutValue(document: unknown, path: Path): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return undefined;
  if (Array.isArray(document)) {
    return rest.length === 0
      ? document.filter((_, index) => index !== key)
      : document.map((item: unknown, index) => (index === key ? withoutValue(item, rest) : item));
  }
  if (!isMapping(document) || !Object.hasOwn(document, key)) return document;
  if (rest.length > 0) return { ...document, [key]: withoutValue(Reflect.get(document, key), rest) };
  return Object.fromEntries(Object.entries(document).filter(([name]) => name !== key));
}

/** The path as the schema has it, whichever item of a list: `windows.accounts[].name`. */
export function fieldOf(path: Path): string {
  return path.reduce<string>(
    (shown, key) => (typeof key === "number" ? `${shown}[]` : shown === "" ? key : `${shown}.${key}`),
    "",
  );
}

function isMapping(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
