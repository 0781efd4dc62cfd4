import assert from "node:assert/strict";
import { test } from "node:test";
import { startWatching } from "./watched-project.ts";

const spec = (hardware: string, head = ""): string =>
  `${head}export default { name: "hello", windows: { release: "windows-10-22h2" }, hardware: ${hardware} };\n`;
const rewrote = (changed: string): RegExp => new RegExp(`^[0-9:]{8} ${changed}: wrote machine\\.json\n`, "m");

test("a spec in TypeScript is read anew, and so is what it imports, near and far", async () => {
  await using project = await startWatching({
    "casement.ts": spec("size", 'import { size } from "./size.ts";\n'),
    "size.ts":
      'import numbers from "./numbers.json" with { type: "json" };\nexport const size: { vcpus: number } = numbers;\n',
    "numbers.json": '{ "vcpus": 3 }',
  });
  assert.match(await project.machine(), /"vcpus": 3/);
  await project.replace("numbers.json", '{ "vcpus": 4 }');
  await project.untilSaid(rewrote("numbers\\.json"));
  assert.match(await project.machine(), /"vcpus": 4/);
  await project.write("size.ts", "export const size = { vcpus: 5 };\n");
  await project.untilSaid(rewrote("size\\.ts"));
  await project.replace("casement.ts", spec("{ vcpus: 6 }"));
  await project.untilSaid(rewrote("casement\\.ts"));
  assert.match(await project.machine(), /"vcpus": 6/);
});

test("an import that is missing or faulty is told, and mended by its own file", async () => {
  await using project = await startWatching({
    "casement.ts": spec("size", 'import { size } from "./size.ts";\n'),
  });
  await project.write("size.ts", "export const size = ;\n");
  await project.untilSaid(/casement\.ts: 1 fault\n.*cannot be loaded: .*size\.ts/);
  await project.write("size.ts", "export const size = { vcpus: 3 };\n");
  await project.untilSaid(/wrote .*machine\.json/);
});

const programs: readonly { title: string; text: string; said: RegExp }[] = [
  { title: "ends the process", text: "process.exit(0);", said: /the spec ended the process, or waits/ },
  {
    title: "waits for what never comes",
    text: "await new Promise(() => {});",
    said: /the spec ended the process, or waits/,
  },
  {
    title: "throws from a timer",
    text: "await new Promise(() => setTimeout(() => { throw new Error('late'); }));",
    said: /casement\.ts: late/,
  },
];
for (const { title, text, said } of programs) {
  test(`a spec that ${title} does not end the watch`, async () => {
    await using project = await startWatching({ "casement.ts": spec("{ vcpus: 3 }") });
    await project.write("casement.ts", spec("{ vcpus: 4 }", `${text}\n`));
    await project.untilSaid(said);
    await project.write("casement.ts", spec("{ vcpus: 5 }"));
    await project.untilSaid(rewrote("casement\\.ts"));
    assert.match(await project.machine(), /"vcpus": 5/);
  });
}

test("a spec that never comes back is given up for the next change, and for the end", async () => {
  await using project = await startWatching({
    "casement.ts": spec("{ vcpus: 3 }", 'import "./part.ts";\n'),
    "part.ts": "",
  });
  await project.write("part.ts", 'console.log("round and round");\nfor (;;);\n');
  await project.untilSaid(/round and round/);
  await project.write("part.ts", "");
  await project.untilSaid(/part\.ts: up to date\n/);
  await project.write("part.ts", 'console.log("round and round");\nfor (;;);\n');
  await project.untilSaid(/round and round/);
  assert.equal(await project.end("SIGINT"), 0);
});
