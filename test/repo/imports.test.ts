import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";

const root = join(import.meta.dirname, "../..");
const files = globSync("src/**/*.ts", { cwd: root }).toSorted();

interface Row {
  /** Folders and files of src/ that may be imported; a folder's own files always may. */
  readonly ours: ReadonlySet<string>;
  readonly packages: ReadonlySet<string>;
}

test("every import of src/ is one that the table of docs/architecture.md allows", () => {
  const table = readTable();
  assert.ok(table.size >= 15, "the table was not found");
  const offences = files.flatMap((file) => {
    const row = table.get(areaOf(file));
    if (row === undefined)
      return file === "src/index.ts" ? [] : [`${file}: ${areaOf(file)} has no row in the table`];
    return importsOf(file)
      .filter((specifier) => !isAllowed(file, specifier, row))
      .map((specifier) => `${file} imports ${specifier}`);
  });
  assert.deepEqual(offences, []);
});

test("the check sees what it is there for", () => {
  const row: Row = { ours: new Set(["errors.ts", "artifacts/artifact.ts"]), packages: new Set(["zod"]) };
  const verdicts = {
    "../errors.ts": true,
    "./other.ts": true,
    "../artifacts/artifact.ts": true,
    "../artifacts/machine.ts": false,
    "../spec/schema.ts": false,
    zod: true,
    "zod/mini": true,
    yaml: false,
    "node:fs": true,
    fs: false,
    "../../package.json": false,
  };
  for (const [specifier, expected] of Object.entries(verdicts)) {
    assert.equal(isAllowed("src/writer/write.ts", specifier, row), expected, specifier);
  }
  assert.deepEqual(
    specifiersIn(
      'import a from "x";\nexport { b } from "y";\nawait import("z");\nimport "w";\nimport {\n c,\n} from "v";\n// import "no"',
    ),
    ["x", "y", "v", "w", "z"],
  );
});

test("only the main.ts files exit, and read argv and the environment", () => {
  const offences = files
    .filter((file) => !/^src\/(cli|runtime|stand-in)\/main\.ts$/.test(file))
    .filter((file) => /\bprocess\.(exit\b|exitCode|argv|env\b)/.test(codeOf(file)));
  assert.deepEqual(offences, []);
});

test("only process/ starts programs", () => {
  const offences = files
    .filter((file) => !file.startsWith("src/process/"))
    .filter((file) => importsOf(file).some((specifier) => /^(execa|(node:)?child_process)$/.test(specifier)));
  assert.deepEqual(offences, []);
});

test("only process/ and the run half may know a clock or randomness; plan, artifacts and what they use do not", () => {
  const pure = /^src\/(plan|artifacts|unattend|floppy|text|catalogue|spec|explain)\//;
  const offences = files
    .filter((file) => pure.test(file))
    .filter((file) =>
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandom(Bytes|Int|UUID)\b/.test(codeOf(file)),
    );
  assert.deepEqual(offences, []);
});

test("plan and artifacts read no file; text reads templates only", () => {
  const offences = files
    .filter(
      (file) =>
        /^src\/(plan|artifacts|floppy|text|catalogue|explain)\//.test(file) &&
        file !== "src/text/template.ts",
    )
    .filter((file) => importsOf(file).some((specifier) => /^node:(fs|net|http|os|process)/.test(specifier)));
  assert.deepEqual(offences, []);
});

/** The rows of the table: `folder` | `folder`, `folder` | package (remark), package. */
function readTable(): Map<string, Row> {
  const page = readFileSync(join(root, "docs/architecture.md"), "utf8");
  const start = page.indexOf("| folder | may import of ours |");
  const rows = page.slice(start).split("\n\n", 1)[0]?.split("\n").slice(2) ?? [];
  const table = new Map<string, Row>();
  for (const row of rows) {
    const [, folder = "", ours = "", packages = ""] = row.split("|").map((cell) => cell.trim());
    const name = folder.replaceAll("`", "");
    table.set(name, {
      ours: new Set(expand(ours)),
      packages: new Set(
        packages
          .replace(/\([^)]*\)/g, "")
          .split(",")
          .map((word) => word.trim()),
      ),
    });
  }
  return table;
}

function expand(cell: string): string[] {
  if (cell === "the build half") {
    return [
      "artifacts",
      "catalogue",
      "contract",
      "cygwin",
      "doctor",
      "errors.ts",
      "explain",
      "floppy",
      "import",
      "inputs",
      "media",
      "plan",
      "process",
      "spec",
      "text",
      "unattend",
      "writer",
    ];
  }
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => (name === "errors" ? "errors.ts" : name));
}

function isAllowed(file: string, specifier: string, row: Row): boolean {
  if (!specifier.startsWith(".")) {
    if (specifier.startsWith("node:"))
      return builtinModules.includes(specifier.slice(5)) || specifier === "node:test";
    const name = specifier
      .split("/")
      .slice(0, specifier.startsWith("@") ? 2 : 1)
      .join("/");
    return row.packages.has(name);
  }
  const target = relative("src", join(dirname(file), specifier));
  if (target === join("..", "package.json")) return file.startsWith("src/cli/");
  const area = areaOf(join("src", target));
  return area === areaOf(file) || row.ours.has(area) || row.ours.has(target);
}

/** The folder below src/, or the file's name for a file that stands in src/ itself. */
function areaOf(file: string): string {
  return file.split("/")[1] ?? "";
}

function importsOf(file: string): string[] {
  return specifiersIn(codeOf(file));
}

function specifiersIn(code: string): string[] {
  const lines = code.replace(/^\s*\/\/.*$/gm, "");
  const found = (pattern: RegExp): string[] =>
    [...lines.matchAll(pattern)].map(([, specifier = ""]) => specifier);
  return [
    ...found(/^(?:import|export)\b[^"';]*?\bfrom\s+"([^"]+)"/gm),
    ...found(/^import\s+"([^"]+)"/gm),
    ...found(/\bimport\("([^"]+)"\)/g),
  ];
}

function codeOf(file: string): string {
  return readFileSync(join(root, file), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
}
