import { answerSettings } from "../artifacts/settings.ts";
import type { Plan } from "../plan/plan.ts";
import { escapeXml } from "../text/xml.ts";
import { type Applicability, applies } from "../unattend/applies.ts";
import { ownCommands } from "../unattend/commands.ts";
import { fixedSettings } from "../unattend/fixed-settings.ts";
import { answerPlaceOf } from "./answer-file-places.ts";

/** A generated file, as far as a reason depends on it. */
export interface ReasonSubject {
  readonly path: string;
  readonly lines: readonly string[];
  readonly plan: Plan;
}

/** Why a line is as it is beside what the spec says, as far as casement's source or the file itself tells. */
export function reasonFor({ path, lines, plan }: ReasonSubject, line: number): string | undefined {
  return path.endsWith(".xml") ? answerReason(lines, line, plan) : commentAbove(path, lines, line);
}

function answerReason(lines: readonly string[], line: number, plan: Plan): string | undefined {
  const place = answerPlaceOf(lines, line);
  if (place === undefined) return undefined;
  const command = ownCommands.find((own) => escapeXml(own.command) === place.text);
  if (command !== undefined) return `${command.reason} (src/unattend/commands.ts)`;
  const fixed = fixedSettings.find(
    (row) =>
      row.pass === place.pass &&
      row.component === place.component &&
      row.path === place.path &&
      applies(row, answerSettings(plan)),
  );
  if (fixed === undefined) return undefined;
  return `a fixed setting ${scopeOf(fixed)}; source: ${fixed.source} (src/unattend/fixed-settings.ts)`;
}

/** For which machines a fixed setting is, in words. */
function scopeOf({ product, since, until, architectures, on, off }: Applicability): string {
  const parts = [
    product === undefined ? "for clients and servers" : `for ${product}s`,
    since === undefined ? undefined : `from ${since} on`,
    until === undefined ? undefined : `up to ${until}`,
    architectures === undefined ? undefined : `on ${architectures.join(" and ")}`,
    on === undefined ? undefined : `where windows.behaviour.${on} is true`,
    off === undefined ? undefined : `where windows.behaviour.${off} is false`,
  ];
  return parts.filter((part) => part !== undefined).join(" ");
}

const comments: Readonly<Record<string, RegExp>> = {
  cmd: /^\s*rem (?<text>.*)$/i,
  sh: /^\s*# (?<text>.*)$/,
  nix: /^\s*# (?<text>.*)$/,
  conf: /^\s*# (?<text>.*)$/,
};

/** The comment that the line stands below: the last one above it with no empty line between. */
function commentAbove(path: string, lines: readonly string[], line: number): string | undefined {
  const comment = comments[path.split(".").at(-1) ?? ""];
  if (comment === undefined || comment.test(lines[line] ?? "")) return undefined;
  const start = lines.findLastIndex((text, index) => index < line && text.trim() === "") + 1;
  const above = lines.slice(start, line).map((text) => comment.exec(text)?.groups?.["text"]);
  const last = above.findLastIndex((text) => text !== undefined);
  const first = above.findLastIndex((text, index) => index < last && text === undefined) + 1;
  return last === -1 || (lines[line] ?? "").trim() === ""
    ? undefined
    : `the comment above it: ${above.slice(first, last + 1).join(" ")}`;
}
