import type { CygwinLock, LockedPackage } from "../lock-schema.ts";

/** What is different in the new lock, one line a difference, sorted by package; empty when nothing is. */
export function compareLocks(old: CygwinLock, now: CygwinLock): readonly string[] {
  return [...compareHeads(old, now), ...comparePackages(old.packages, now.packages)];
}

function compareHeads(old: CygwinLock, now: CygwinLock): string[] {
  const lines: string[] = [];
  const note = (what: string, before: string, after: string): void => {
    if (before !== after) lines.push(`changed ${what}: ${before} -> ${after}`);
  };
  note("archives", list(old.archives), list(now.archives));
  note("list", describeList(old), describeList(now));
  note("list's signature", old.list.signedBy ?? "none", now.list.signedBy ?? "none");
  note("setup program", describeSetup(old), describeSetup(now));
  note("windows", old.windows, now.windows);
  note("wanted", list(old.wanted), list(now.wanted));
  return lines;
}

function comparePackages(old: readonly LockedPackage[], now: readonly LockedPackage[]): string[] {
  const before = new Map(old.map((each) => [each.name, each]));
  const after = new Map(now.map((each) => [each.name, each]));
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    if (was === undefined) return [`added   ${name} ${is?.version ?? ""}`];
    if (is === undefined) return [`removed ${name} ${was.version}`];
    if (was.version !== is.version) return [`changed ${name} ${was.version} -> ${is.version}`];
    if (was.sha512 !== is.sha512)
      return [`changed ${name} ${was.version}: the same version with other content`];
    return JSON.stringify(was) === JSON.stringify(is)
      ? []
      : [`changed ${name} ${was.version}: what the list says of it`];
  });
}

function describeList({ list: { url, sha512, timestamp } }: CygwinLock): string {
  const date = timestamp === null ? "no date" : new Date(timestamp * 1000).toISOString().slice(0, 10);
  return `${url ?? "a file"} (${date}, ${sha512.slice(0, 12)})`;
}

function describeSetup({ setup: { url, version, sha512 } }: CygwinLock): string {
  return `${url ?? "a file"} (${version ?? "version unknown"}, ${sha512.slice(0, 12)})`;
}

function list(words: readonly string[]): string {
  return words.length === 0 ? "none" : words.join(", ");
}
