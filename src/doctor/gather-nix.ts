import { readFile } from "node:fs/promises";
import { z } from "zod";
import { ToolError } from "../errors.ts";
import { run } from "../process/run.ts";
import type { NixFacts, NixSettings, RemoteBuilder } from "./facts.ts";

/** Asks a Nix what it is and how it is set. What it does not tell is null; throws ToolError where it does not even tell its version. */
export async function gatherNix(nix: string): Promise<NixFacts> {
  const [version, settings, store] = await Promise.all([
    run({ file: nix, args: ["--version"] }, { timeoutMs }),
    firstAnswer(nix, [
      ["config", "show", "--json"],
      ["show-config", "--json"],
    ]),
    firstAnswer(nix, [
      ["store", "info", "--json"],
      ["store", "ping", "--json"],
    ]),
  ]);
  const parsed = settingsSchema.safeParse(settings);
  return {
    version: version.stdout.trim(),
    settings: parsed.success ? readSettings(parsed.data) : null,
    storeUrl: z.object({ url: z.string() }).safeParse(store).data?.url ?? null,
    builders: parsed.success ? await readBuilders(parsed.data["builders"]?.value) : [],
  };
}

// A daemon that does not answer must not hang this.
const timeoutMs = 20_000;

const settingsSchema = z.record(z.string(), z.object({ value: z.unknown(), defaultValue: z.unknown() }));
type Settings = z.infer<typeof settingsSchema>;

/** The first of these commands' answers, as JSON has it: their names differ by version. */
async function firstAnswer(nix: string, commands: readonly (readonly string[])[]): Promise<unknown> {
  for (const command of commands) {
    try {
      const args = ["--extra-experimental-features", "nix-command", ...command];
      const { stdout } = await run({ file: nix, args }, { timeoutMs });
      const answer: unknown = JSON.parse(stdout);
      return answer;
    } catch (error) {
      if (!(error instanceof ToolError || error instanceof SyntaxError)) throw error;
    }
  }
  return undefined;
}

function readSettings(settings: Settings): NixSettings {
  const value = (name: string): unknown => settings[name]?.value;
  const sandbox = value("sandbox");
  const features = settings["system-features"];
  const buildDir = value("build-dir");
  const group = value("build-users-group");
  return {
    experimentalFeatures: words(value("experimental-features")),
    sandbox: sandbox === "relaxed" ? "relaxed" : sandbox === true || sandbox === "true" ? "on" : "off",
    systemFeatures: words(features?.value),
    systemFeaturesAreGiven: words(features?.value).join() !== words(features?.defaultValue).join(),
    buildUsersGroup: typeof group === "string" ? group : "",
    autoAllocateUids: value("auto-allocate-uids") === true,
    maxSilentTime: Number(value("max-silent-time") ?? 0),
    timeout: Number(value("timeout") ?? 0),
    buildDir: typeof buildDir === "string" && buildDir !== "" ? buildDir : null,
  };
}

/** A list, which some versions show as text; sorted. */
function words(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : typeof value === "string" ? value.split(/\s+/) : [];
  return list.filter((word): word is string => typeof word === "string" && word !== "").sort();
}

/** The setting `builders`: machines, one a line or between semicolons, or @FILE with them. */
async function readBuilders(value: unknown): Promise<RemoteBuilder[]> {
  if (typeof value !== "string") return [];
  const text = value.startsWith("@") ? await readFile(value.slice(1), "utf8").catch(() => "") : value;
  return text
    .split(/[\n;]/)
    .map((line) => line.replace(/#.*/, "").trim())
    .filter((line) => line !== "")
    .map(parseBuilder);
}

// URI SYSTEMS KEY JOBS SPEED FEATURES MANDATORY HOST-KEY, where a dash is what is not said.
function parseBuilder(line: string): RemoteBuilder {
  const [uri = "", systems, , , , features, mandatory] = line.split(/\s+/);
  const list = (field: string | undefined): string[] =>
    field === undefined || field === "-" ? [] : field.split(",");
  return {
    uri,
    systems: systems === undefined || systems === "-" ? ["x86_64-linux"] : list(systems),
    features: [...new Set([...list(features), ...list(mandatory)])],
    mandatory: list(mandatory),
  };
}
