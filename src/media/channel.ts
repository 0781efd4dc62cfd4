/** The channel that sources/ei.cfg names: an INI file whose section `[Channel]` holds one word. Null without one. */
export function parseChannel(bytes: Buffer): string | null {
  const text =
    bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString("utf16le", 2) : bytes.toString("latin1");
  const word = /^\s*\[channel\]\s*$\s*(?<word>[A-Za-z_:]{1,40})\s*$/im.exec(text)?.groups?.["word"];
  return word?.replace(/^_Default$/i, "Retail") ?? null;
}
