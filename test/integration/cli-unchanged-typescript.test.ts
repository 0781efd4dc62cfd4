import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { runCli } from "../cli/run-cli.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const spec = (vcpus: string, head = ""): string =>
  `${head}import { defineSpec } from "casement";\nexport default defineSpec({ name: "a", windows: { release: "windows-10-22h2" }, hardware: { vcpus: ${vcpus} } });\n`;

test("a spec in TypeScript is run each time, and what it exports decides", async () => {
  await using folder = await makeTempFolder();
  const write = (name: string, text: string) => writeFile(join(folder.path, name), text);
  const cache = join(folder.path, "cache");
  const generate = (env = {}) => runCli(folder.path, ["generate"], cache, env);
  const vcpus = async (): Promise<string | undefined> =>
    /"vcpus": (\d+)/.exec(await readFile(join(folder.path, "casement/machine.json"), "utf8"))?.[1];

  await write("size.ts", "export const vcpus = Number(process.env.VCPUS ?? 2);\n");
  await write("casement.ts", spec("vcpus", 'import { vcpus } from "./size.ts";\n'));
  assert.match(generate().stdout, /written/);
  assert.match(generate().stdout, /is up to date/);
  assert.match(generate({ VCPUS: "3" }).stdout, /machine\.json/);
  assert.equal(await vcpus(), "3");
  await write("size.ts", "export const vcpus = 4;\n");
  assert.match(generate().stdout, /1 written/);
  assert.equal(await vcpus(), "4");
  assert.match(generate().stdout, /is up to date/);
  await writeFile(join(folder.path, "casement/machine.json"), "edited");
  assert.match(generate().stderr, /machine\.json: is casement's and was changed by hand/);
});

test("a spec in TypeScript that nothing has changed runs once, and its faults are told as ever", async () => {
  await using folder = await makeTempFolder();
  const cache = join(folder.path, "cache");
  const file = join(folder.path, "casement.ts");
  const generate = () => runCli(folder.path, ["generate"], cache);
  await writeFile(file, spec("2", 'console.log("it runs");\n'));
  generate();
  for (const run of [generate(), generate()])
    assert.match(run.stdout, /^it runs\ncasement: casement is up to date \(\d+ files\)\n$/);
  await writeFile(file, spec("3", 'console.log("it runs");\n'));
  assert.equal(generate().stdout.match(/it runs/g)?.length, 1);
  await writeFile(file, spec("0"));
  const refused = generate();
  assert.match(refused.stderr, /hardware\.vcpus: /);
  assert.equal(refused.exitCode, 64);
  await writeFile(file, "process.exit(0);\nexport default {};\n");
  const ended = generate();
  assert.match(ended.stderr, /^casement: the spec ended the process/);
  assert.equal(ended.exitCode, 64);
});
