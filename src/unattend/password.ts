/** The elements that hold a password. */
export type PasswordElement = "Password" | "AdministratorPassword";

/**
 * A password as an answer file holds it with PlainText=false: base64 of UTF-16LE of the password and the element's
 * name (decoded from Microsoft's own samples). It hides the password from a glance, not from a reader.
 */
export function encodePassword(password: string, element: PasswordElement): string {
  return Buffer.from(password + element, "utf16le").toString("base64");
}
