import { loneSurrogate, refuse } from "./unrepresentable.ts";

/**
 * The text for element content or a quoted attribute of XML 1.0. ASCII only, because Windows Setup "actually only
 * supports ASCII" (schneegans/unattend-generator): anything else becomes a character reference, and so do CR, LF and
 * TAB, which a parser would otherwise turn into spaces. Throws for characters that XML 1.0 does not have.
 */
export function escapeXml(text: string): string {
  refuse("XML", text, forbidden);
  refuse("XML", text, loneSurrogate);
  return text.replace(special, (character) => named.get(character) ?? reference(character));
}

// XML 1.0 section 2.2, Char; the surrogates are looked at on their own.
// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;

// oxlint-disable-next-line no-control-regex
const special = /[&<>"'\t\n\r]|[^\u0000-\u007E]/gu;

const named = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&apos;"],
]);

function reference(character: string): string {
  return `&#x${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()};`;
}
