/** The elements that hold a password. */
export type PasswordElement = "Password" | "AdministratorPassword";

/**
 * A password as an answer file holds it with PlainText=false: base64 of UTF-16LE of the password and the element's
 * name (decoded from Microsoft's own samples). It hides the password from a glance, not from a reader.
 */
export function encodePassword(password: string, element: PasswordElement): string {
  return Buffer.from(password + element, "utf16le").toString("base64");
}

/** The password of an encoded one; undefined where that is not what encodePassword makes. */
export function decodePassword(encoded: string, element: PasswordElement): string | undefined {
  const bytes = Buffer.from(encoded, "base64");
  const text = bytes.toString("utf16le");
  const whole = bytes.length % 2 === 0 && bytes.toString("base64") === encoded.trim();
  return whole && text.endsWith(element) ? text.slice(0, -element.length) : undefined;
}
