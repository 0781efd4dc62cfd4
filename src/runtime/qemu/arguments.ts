/** A value inside a comma-separated QEMU option: a comma is doubled. */
export function optionValue(text: string): string {
  return text.replaceAll(",", ",,");
}
