import type { Facts, NixFacts, NixSettings } from "./facts.ts";
import { type Finding, finding } from "./finding.ts";
import { nixVersion } from "./nix-version.ts";

/** Oldest Nix that nixpkgs of today evaluates with. */
const oldest: readonly [number, number] = [2, 18];
/** A stage says something this often, in seconds. */
const heartbeat = 60;

/** What Nix is there, and whether its settings let stages be built. */
export function judgeNix({ nix, project }: Pick<Facts, "nix" | "project">): readonly Finding[] {
  if (nix === undefined) {
    return [
      finding(
        "nix",
        "problem",
        "no nix on PATH; generating needs none, building does, and what follows is without its answers",
        "Install it: https://nixos.org/download",
      ),
    ];
  }
  return [
    judgeVersion(nix),
    ...judgeStore(nix),
    ...(nix.settings === null
      ? [finding("settings", "warning", "this Nix does not show its settings, so they were not looked at")]
      : judgeSettings(nix, nix.settings, project?.installMinutes)),
    ...nix.builders.map(({ uri, systems, features }) =>
      finding(
        "remote builder",
        "ok",
        `${uri} builds for ${systems.join(", ")}${features.length === 0 ? "" : ` with ${features.join(", ")}`}; run doctor there, too`,
      ),
    ),
  ];
}

function judgeVersion({ version }: NixFacts): Finding {
  const number = nixVersion(version);
  if (number === undefined) return finding("nix", "warning", `its version could not be read: ${version}`);
  const [major, minor] = number;
  const isOld = major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
  if (!isOld) return finding("nix", "ok", version);
  return finding("nix", "problem", `${version}; needed is ${oldest.join(".")} or later`, "Update Nix.");
}

function judgeStore({ storeUrl }: NixFacts): Finding[] {
  if (storeUrl !== null) return [];
  return [
    finding(
      "store",
      "problem",
      "the Nix store cannot be reached",
      "See what it says: nix store info (is the daemon running? systemctl status nix-daemon)",
    ),
  ];
}

function judgeSettings(
  nix: NixFacts,
  settings: NixSettings,
  installMinutes: number | undefined,
): readonly Finding[] {
  return [judgeFlakes(nix, settings), judgeSandbox(settings), ...judgeLimits(settings, installMinutes)];
}

function judgeFlakes({ version }: NixFacts, { experimentalFeatures }: NixSettings): Finding {
  const missing = ["nix-command", "flakes"].filter((name) => !experimentalFeatures.includes(name));
  // Determinate Nix has them on, whatever its settings say.
  if (missing.length === 0 || version.includes("Determinate")) return finding("flakes", "ok", "enabled");
  return finding(
    "flakes",
    "warning",
    `experimental-features lacks ${missing.join(" and ")}; without flakes there is nix-build (docs/nix.md)`,
    `In nix.conf: extra-experimental-features = ${missing.join(" ")}`,
  );
}

function judgeSandbox({ sandbox }: NixSettings): Finding {
  if (sandbox === "on") return finding("sandbox", "ok", "on");
  const words = { relaxed: "relaxed: derivations may ask to be built outside", off: "off" };
  return finding(
    "sandbox",
    "warning",
    `${words[sandbox]}; in it a stage sees what it names and nothing else, and all its processes end with it`,
    "In nix.conf: sandbox = true",
  );
}

function judgeLimits({ maxSilentTime, timeout }: NixSettings, installMinutes: number | undefined): Finding[] {
  const findings: Finding[] = [];
  if (maxSilentTime > 0 && maxSilentTime <= heartbeat) {
    findings.push(
      finding(
        "max-silent-time",
        "problem",
        `Nix ends a build that is silent for ${maxSilentTime} s; a stage speaks every ${heartbeat} s`,
        `In nix.conf: max-silent-time = ${heartbeat * 3} (or 0, which is without end)`,
      ),
    );
  }
  if (timeout > 0 && installMinutes !== undefined && timeout < installMinutes * 60) {
    findings.push(
      finding(
        "timeout",
        "warning",
        `Nix ends a build after ${timeout} s; an installation may take up to ${installMinutes * 60} s by the spec`,
        "In nix.conf: timeout = 0, or build with --timeout 0",
      ),
    );
  }
  return findings;
}
