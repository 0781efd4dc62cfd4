import { type Finding, finding } from "./finding.ts";
import type { ProjectFacts } from "./facts.ts";

/** Whether what the spec names is there, and what was generated is what it says. */
export function judgeProject(project: ProjectFacts): readonly Finding[] {
  // The trial's flake hands over an ISO and Cygwin of its own.
  const isTrial = /\bstandIn\b/.test(project.flake ?? "");
  return [
    ...(isTrial ? [standIn] : [judgeIso(project), ...judgeCygwin(project), ...judgeLicence(project)]),
    judgeGenerated(project),
    ...judgeGit(project),
  ];
}

const standIn = finding("media", "ok", "flake.nix takes the stand-in, which needs no ISO and is not Windows");

function judgeIso({ iso }: ProjectFacts): Finding {
  if (iso === null) {
    return finding(
      "iso",
      "warning",
      "the spec names none, so casement.lib.load has to be given one",
      "casement media add FILE.iso   # prints the spec's lines",
    );
  }
  if (iso.store === null) return finding("iso", "warning", `${iso.name} was not looked for, without Nix`);
  const add = `casement media add FILE.iso --name ${iso.name}`;
  if (!iso.store.isThere) {
    if (iso.url !== null) return finding("iso", "ok", `Nix fetches ${iso.name} from ${iso.url}`);
    return finding("iso", "problem", `${iso.name} is not in the Nix store`, add);
  }
  if (!iso.store.isKept && iso.url === null) {
    return finding("iso", "warning", `${iso.store.path}: the next garbage collection may take it`, add);
  }
  return finding("iso", "ok", iso.store.path);
}

function judgeCygwin({ access, isLocked }: ProjectFacts): Finding[] {
  if (access !== "cygwin") return [];
  if (isLocked) return [finding("cygwin", "ok", "locked by cygwin.lock.json")];
  return [
    finding(
      "cygwin",
      "warning",
      "there is no cygwin.lock.json beside the spec, so casement.lib.load has to be given a folder of packages",
      "casement lock --archive URL --setup-program URL   # docs/cygwin.md",
    ),
  ];
}

function judgeLicence({ flake }: ProjectFacts): Finding[] {
  if (flake === undefined) return [];
  if (/\ballowUnfree(Predicate)?\b/.test(flake))
    return [finding("licence", "ok", "flake.nix allows unfree packages")];
  return [
    finding(
      "licence",
      "warning",
      "Windows is unfree, and flake.nix does not seem to allow that (it was read, not evaluated)",
      "Where it imports nixpkgs: config.allowUnfreePredicate = casement.lib.allowUnfreePredicate;",
    ),
  ];
}

function judgeGenerated({ stale }: ProjectFacts): Finding {
  if (stale === "missing")
    return finding("generated", "problem", "there is no generated folder yet", "casement generate");
  if (stale.length === 0) return finding("generated", "ok", "the folder is what the spec says");
  return finding(
    "generated",
    "problem",
    `not what the spec says: ${stale.slice(0, 3).join(", ")}${stale.length > 3 ? `, and ${stale.length - 3} more` : ""}`,
    "casement diff   # shows it",
    "casement generate",
  );
}

function judgeGit({ untracked, flake, stale }: ProjectFacts): Finding[] {
  if (stale === "missing" || flake === undefined) return [];
  if (untracked === undefined)
    return [finding("git", "ok", "knows the generated folder, or is not used here")];
  return [
    finding(
      "git",
      "problem",
      untracked.isIgnored
        ? "ignores files of the generated folder, and a flake sees only what git knows"
        : "does not know the generated folder, and a flake sees only what git knows",
      untracked.command,
    ),
  ];
}
