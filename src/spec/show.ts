/** A path of a document as people write it: `cygwin.packages[2]`. */
export function showPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((shown, key) => {
    if (typeof key === "number") return `${shown}[${key}]`;
    const name = String(key);
    const word = /^[A-Za-z_$][\w$-]*$/.test(name) ? name : showValue(name);
    return shown === "" ? word : `${shown}.${word}`;
  }, "");
}

/** A value of the spec for a message: quoted, escaped, cut to a readable length. */
export function showValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "function" || typeof value === "symbol") return `a ${typeof value}`;
  let text: string;
  try {
    text = JSON.stringify(value) ?? typeof value;
  } catch {
    return "a value without a JSON form";
  }
  // JSON leaves DEL and C1 controls as they are; a terminal would act on them.
  const safe = text.replace(/[\u007F-\u009F\u2028-\u202E]/g, (character) => {
    return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
  });
  return safe.length > 70 ? `${safe.slice(0, 60)}… (${text.length} characters)` : safe;
}
