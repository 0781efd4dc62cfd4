/**
 * A document as text that is the same for the same document and for no other; undefined for one that holds more than data,
 * such as a function or an object of a class, which can answer otherwise each time.
 */
export function documentText(document: unknown): string | undefined {
  return isData(document) ? JSON.stringify(document, mark) : undefined;
}

// JSON has no undefined, and leaves out what is.
function mark(_name: string, value: unknown): unknown {
  if (typeof value === "string") return `:${value}`;
  return value === undefined ? "undefined" : value;
}

function isData(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) return isScalar(value);
  if (Array.isArray(value)) return value.every(isData);
  const names = Reflect.ownKeys(value);
  const values = Object.values(value);
  const isPlain = Object.getPrototypeOf(value) === Object.prototype && names.length === values.length;
  return isPlain && values.every(isData);
}

function isScalar(value: unknown): boolean {
  return value === null || ["undefined", "string", "boolean"].includes(typeof value);
}
