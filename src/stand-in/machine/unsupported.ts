/** A construct or an option that the real thing may accept and the stand-in does not play: it stops loudly rather than guess. */
export class Unsupported extends Error {
  override readonly name = "Unsupported";

  constructor(where: string, what: string) {
    super(`${where}: not played by the stand-in: ${what}`);
  }
}
