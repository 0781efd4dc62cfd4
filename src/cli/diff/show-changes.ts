import { posix } from "node:path";
import { generated } from "../../contract/filenames.ts";
import { hash } from "../../writer/look.ts";
import type { Change } from "./find-changes.ts";
import type { Line } from "./line.ts";
import { lockChanges } from "./lock-changes.ts";
import { unifiedDiff } from "./unified.ts";

/** What generate would do to a folder: for each file a line in words, then its lines where it is a text. `folder` is as people see it. */
export function showChanges(changes: readonly Change[], folder: string): readonly Line[] {
  const paths = new Set(changes.map(({ path }) => path));
  const shown = new Map<string, string>();
  return changes.flatMap((change) => {
    const { remark, body } = describe(change, { folder, paths, shown });
    const text = `${words[change.state].padEnd(width)} ${posix.join(folder, change.path)}`;
    return [{ kind: "head" as const, text: remark === undefined ? text : `${text}: ${remark}` }, ...body];
  });
}

const words: Record<Change["state"], string> = {
  same: "same",
  missing: "new",
  stale: "changed",
  edited: "changed by hand",
  foreign: "in the way, not casement's",
  extra: "removed",
  "extra-edited": "removed, changed by hand",
  blocked: "in the way, a link or a folder",
};
const width = Math.max(...Object.values(words).map(({ length }) => length));

interface Description {
  readonly remark?: string;
  readonly body: readonly Line[];
}

interface Context {
  readonly folder: string;
  readonly paths: ReadonlySet<string>;
  /** What was shown already: the hashes of both sides -> the file. */
  readonly shown: Map<string, string>;
}

function describe(change: Change, { folder, paths, shown }: Context): Description {
  const { path, state, old, next } = change;
  if (state === "blocked") return { body: [] };
  if (next === "secret") return short("holds the account's password, which generate has yet to make");
  if (path === generated.manifest) return short("the hashes of the files, and which casement wrote them");
  // What is made of other files is told by those.
  const origin = origins[path];
  if (origin !== undefined && [...paths].some((each) => each.startsWith(origin))) {
    return short(`${sizes(old, next)}; made of what is in ${origin}`);
  }
  const key = [old, next].map((side) => (side === undefined ? "" : hash(side))).join();
  const twin = shown.get(key);
  if (twin !== undefined) return short(`the same lines as in ${twin}`);
  shown.set(key, posix.join(folder, path));
  const packages = path === generated.cygwinLock ? lockChanges(old, next) : undefined;
  if (packages !== undefined) return { body: packages.map((text) => ({ kind: "same", text: `  ${text}` })) };
  return describeLines(posix.join(folder, path), old, next);
}

const origins: Readonly<Record<string, string>> = {
  [generated.floppyImage]: `${generated.floppyFolder}/`,
  [generated.cygwinList]: generated.cygwinLock,
};

function describeLines(file: string, old: Uint8Array | undefined, next: Uint8Array | undefined): Description {
  const [before, after] = [textOf(old), textOf(next)];
  if (before === "binary" || after === "binary") return short(`binary, ${sizes(old, next)}`);
  const body = unifiedDiff(file, before?.text, after?.text);
  if (body === undefined) return short(`nearly every line differs, ${sizes(old, next)}`);
  if (before === undefined || after === undefined || before.ends === after.ends) return { body };
  return { remark: `line ends ${before.ends} -> ${after.ends}`, body };
}

function short(remark: string): Description {
  return { remark, body: [] };
}

function sizes(old: Uint8Array | undefined, next: Uint8Array | undefined): string {
  if (old?.length === next?.length) return `${old?.length} bytes before and after`;
  if (old === undefined || next === undefined) return `${(old ?? next)?.length} bytes`;
  return `${old.length} -> ${next.length} bytes`;
}

/** Also `binary`: what is not UTF-8 or holds a NUL. */
function textOf(
  bytes: Uint8Array | undefined,
): { readonly text: string; readonly ends: "LF" | "CR LF" } | "binary" | undefined {
  if (bytes === undefined) return undefined;
  if (bytes.includes(0)) return "binary";
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, ends: text.includes("\r\n") ? "CR LF" : "LF" };
  } catch {
    return "binary";
  }
}
