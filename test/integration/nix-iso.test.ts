import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { promisify } from "node:util";
import { machineSchema } from "../../src/contract/machine.ts";
import { startArchive } from "../cygwin/archive-server.ts";
import {
  copyMachine,
  evaluate,
  nixCommand,
  refusal,
  repository,
  scratch,
  skipWithoutNix,
  toolPkgs,
} from "../nix/nix-tool.ts";

const run = promisify(execFile);
const sha256 = "0".repeat(64);
const page = "https://www.microsoft.com/software-download/windows11";

describe("the ISO of a spec in Nix", { skip: skipWithoutNix }, () => {
  test("is one path, whether it is added, fetched, or fetched from elsewhere; and so is the image", () => {
    using folder = scratch();
    const urls = [null, "https://a.example/Win11.iso", "https://b.example/other-name.iso"];
    const made = urls.map((url, index) => {
      const loaded = load(join(folder.path, String(index)), { iso: { name: "Win11.iso", sha256, url } });
      return evaluate(
        `let loaded = ${loaded}; in { iso = loaded.iso.outPath; image = loaded.image.outPath; }`,
      );
    });
    assert.deepEqual(made[1], made[0]);
    assert.deepEqual(made[2], made[0]);
  });

  test("is not free, and no build farm's business", () => {
    using folder = scratch();
    const loaded = load(folder.path, { iso: { name: "Win11.iso", sha256, url: "https://a.example/a.iso" } });
    assert.deepEqual(
      evaluate(
        `let inherit (${loaded}.iso) meta; in { inherit (meta.license) free; inherit (meta) hydraPlatforms; }`,
      ),
      { free: false, hydraPlatforms: [] },
    );
  });

  test("is fetched by its hash, and refused when the address has something else", async () => {
    const bytes = Buffer.from(`an ISO of ${process.pid} at ${Date.now()}`);
    await using server = await startArchive(new Map([["Win11.iso", bytes]]));
    const hash = createHash("sha256").update(bytes).digest("hex");
    const fetched = await build(isoOf({ hash, url: `${server.url}/Win11.iso` }));
    assert.match(fetched, /-Win11\.iso$/);
    assert.deepEqual(readFileSync(fetched), bytes);
    await assert.rejects(build(isoOf({ hash: sha256, url: `${server.url}/Win11.iso` })), /hash mismatch/);
  });

  test("that nobody added says how to add it, where Microsoft has it, and that it could be fetched", async () => {
    await assert.rejects(build(isoOf({ hash: sha256, url: null })), (error: Error) => {
      assert.match(error.message, /casement media add FILE\.iso --name Win11\.iso/);
      assert.match(error.message, /nix-store --add-fixed sha256 Win11\.iso/);
      assert.match(
        error.message,
        /Microsoft's page for it: https:\/\/www\.microsoft\.com\/software-download\/windows11/,
      );
      assert.match(error.message, /windows\.iso\.url/);
      return true;
    });
  });

  test("that a spec does not name is asked for with Microsoft's page, or the word that there is none", () => {
    using folder = scratch();
    assert.match(
      refusal(`${load(join(folder.path, "a"), { isoPage: page })}.drvPath`),
      /Microsoft's page for windows-11-24h2: https:\/\/www\.microsoft\.com\/software-download\/windows11 /,
    );
    assert.match(
      refusal(`${load(join(folder.path, "b"), { isoPage: null })}.drvPath`),
      /Microsoft offers it to subscribers \(my\.visualstudio\.com\/Downloads\) and volume licensees\./,
    );
  });
});

function load(dir: string, change: object): string {
  copyMachine(dir);
  const file = join(dir, "machine.json");
  const machine = machineSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  writeFileSync(file, JSON.stringify({ ...machine, ...change }));
  return `(import ${repository}/test/nix/loaded.nix {
    source = ${repository};
    dir = ${dir};
    toolPkgs = ${toolPkgs};
    arguments = { iso = null; };
  })`;
}

function isoOf({ hash, url }: { hash: string; url: string | null }): string {
  return `import ${repository}/nix/iso.nix {
    node = "\${${toolPkgs}.nodejs_24}/bin/node";
    iso = { name = "Win11.iso"; sha256 = "${hash}"; url = ${url === null ? "null" : JSON.stringify(url)}; };
    page = "${page}";
    toolPkgs = removeAttrs ${toolPkgs} [ "fetchurl" ];
  }`;
}

// Not synchronously: the server of this process has to answer.
async function build(expression: string): Promise<string> {
  const [nix, ...options] = nixCommand();
  const { stdout } = await run(nix, [
    ...options,
    "build",
    "--impure",
    "--no-link",
    "--print-out-paths",
    "--print-build-logs",
    "--expr",
    expression,
  ]);
  return stdout.trim();
}
