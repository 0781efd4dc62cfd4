import { loneSurrogate, refuse } from "./unrepresentable.ts";

/** The text as a verbatim string of PowerShell. Throws for NUL. */
export function quotePowerShell(text: string): string {
  refuse("PowerShell", text, /\0/);
  refuse("PowerShell", text, loneSurrogate);
  // PowerShell takes four typographic quotes for ' as well; doubling is right for each of them.
  return `'${text.replace(/['\u2018\u2019\u201A\u201B]/g, "$&$&")}'`;
}
