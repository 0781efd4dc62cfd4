import type { Issue } from "../errors.ts";

/** An entry of winnt.sif as it stands there. */
export interface SifEntry {
  readonly section: string;
  readonly key: string;
  /** Without its quotes. */
  readonly value: string;
}

export interface ParsedSif {
  readonly sections: readonly string[];
  readonly entries: readonly SifEntry[];
  /** Lines that Setup could not read, or would read otherwise than they look. */
  readonly issues: readonly Issue[];
}

/**
 * Reads winnt.sif strictly: ASCII, every line ended by CR LF, sections and `key=value`, a value in quotes where it holds a
 * blank, comma or semicolon, and neither a quote inside nor a percent sign anywhere.
 */
export function parseWinntSif(text: string): ParsedSif {
  const issues: Issue[] = [];
  const sections: string[] = [];
  const entries: SifEntry[] = [];
  const lines = text.split("\r\n");
  if (lines.pop() !== "")
    issues.push({ path: `line ${lines.length + 1}`, message: "does not end with CR LF" });
  for (const [index, line] of lines.entries()) {
    const at = (message: string): void => void issues.push({ path: `line ${index + 1}`, message });
    const strange = /[^\u0020-\u007E]/u.exec(line);
    if (strange !== null)
      at(`has a character that is not printable ASCII, got ${JSON.stringify(strange[0])}`);
    else if (line.trim() === "" || line.startsWith(";")) continue;
    else if (line.startsWith("[")) {
      const name = /^\[([\w.]+)\]$/.exec(line)?.[1];
      if (name === undefined) at(`is no section's head, got ${JSON.stringify(line)}; allowed: [NAME]`);
      else sections.push(name);
    } else {
      const [, key, value] = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
      const section = sections.at(-1);
      if (key === undefined || value === undefined)
        at(`is neither a section nor KEY=VALUE, got ${JSON.stringify(line)}`);
      else if (section === undefined) at(`stands before the first section, got ${JSON.stringify(line)}`);
      else {
        const read = readValue(value, key);
        if ("fault" in read) at(read.fault);
        else entries.push({ section, key, value: read.value });
      }
    }
  }
  return { sections, entries, issues };
}

function readValue(value: string, key: string): { readonly value: string } | { readonly fault: string } {
  if (value.includes("%"))
    return { fault: `${key} holds a percent sign, which marks a string, got ${value}` };
  const inside = /^"([^"]*)"$/.exec(value)?.[1];
  if (inside !== undefined) return { value: inside };
  if (value.includes('"')) return { fault: `${key} has a quote in the middle, got ${value}` };
  if (/[ ;]/.test(value)) return { fault: `${key} needs quotes around a blank or semicolon, got ${value}` };
  // A comma separates the items of a list; only these two are lists.
  if (value.includes(",") && !/^(InputLocale|AdapterSections)$/i.test(key))
    return { fault: `${key} needs quotes around a comma, got ${value}` };
  return { value };
}
