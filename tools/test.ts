// Runs all layers of checks, or those that are named, and goes on after one that fails.
// usage: npm test [-- LAYER…]     layers: format lint types unit exhaustive integration e2e
// Exit code 0 if all passed, 1 if one failed, 2 for an unknown layer.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { parseTestCounts, type TestCounts } from "./test-counts.ts";
import { type Layer, planLayers, selectLayers } from "./test-layers.ts";

interface LayerResult {
  readonly layer: Layer;
  readonly ok: boolean;
  readonly counts: TestCounts | undefined;
}

const root = resolve(import.meta.dirname, "..");
try {
  const results: LayerResult[] = [];
  for (const layer of selectLayers(planLayers(root), process.argv.slice(2))) {
    results.push(await runLayer(layer));
  }
  process.exitCode = report(results);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}

async function runLayer(layer: Layer): Promise<LayerResult> {
  process.stdout.write(`\n== ${layer.title}\n`);
  if (layer.command === undefined) {
    process.stdout.write(`== ${layer.title}: no test file\n`);
    return { layer, ok: true, counts: undefined };
  }
  const began = performance.now();
  const { ok, output } = await run(layer.command);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(`== ${layer.title}: ${ok ? "passed" : "FAILED"} in ${seconds} s\n`);
  return { layer, ok, counts: parseTestCounts(output) };
}

// Output is shown as it comes, and kept for the counts at its end.
async function run(command: readonly string[]): Promise<{ ok: boolean; output: string }> {
  const [program = "", ...args] = command;
  const child = spawn(program, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
    env: testEnvironment(),
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    process.stdout.write(text);
    output += text;
  });
  try {
    await once(child, "close");
    return { ok: child.exitCode === 0, output };
  } catch (error) {
    process.stderr.write(`${program}: could not be started: ${String(error)}. Run: npm run setup\n`);
    return { ok: false, output };
  }
}

function testEnvironment(): NodeJS.ProcessEnv {
  // Set where this run is itself part of a test: Node's runner would then take its files for already being run.
  const { NODE_TEST_CONTEXT: _context, ...rest } = process.env;
  return rest;
}

function report(all: readonly LayerResult[]): number {
  const bad = all.filter(({ ok }) => !ok);
  const sum = (of: keyof TestCounts) => all.reduce((total, { counts }) => total + (counts?.[of] ?? 0), 0);
  // A check without counts of its own is one that passed or failed.
  const checks = all.filter(({ layer, counts }) => counts === undefined && layer.command !== undefined);
  const passed = sum("passed") + checks.filter(({ ok }) => ok).length;
  const failed = sum("failed") + checks.filter(({ ok }) => !ok).length;
  process.stdout.write("\n");
  if (bad.length > 0)
    process.stdout.write(`failed layers: ${bad.map(({ layer }) => layer.name).join(", ")}\n`);
  process.stdout.write(`${passed} passed, ${failed} failed, ${sum("skipped")} skipped\n`);
  return bad.length > 0 ? 1 : 0;
}
