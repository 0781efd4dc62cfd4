import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { renderCommandsPage } from "../../src/cli/commands-page.ts";
import { exitCodes } from "../../src/errors.ts";
import { renderSpecPage } from "../../src/spec/page.ts";

const root = join(import.meta.dirname, "../..");
const pages = globSync(["*.md", "docs/**/*.md", "src/**/*.md"], { cwd: root }).toSorted();

test("docs/spec.md is what the schema says (npm run docs writes it anew)", () => {
  assert.equal(readFileSync(join(root, "docs/spec.md"), "utf8"), renderSpecPage());
});

test("docs/commands.md is what the commands say of themselves (npm run docs writes it anew)", () => {
  assert.equal(readFileSync(join(root, "docs/commands.md"), "utf8"), renderCommandsPage());
});

test("docs/exit-codes.md explains every exit code and no other", () => {
  const page = readFileSync(join(root, "docs/exit-codes.md"), "utf8");
  const explained = [...page.matchAll(/^\| (\d+) \| `(\w+)` \|/gm)].map(
    ([, code, name]) => `${name} ${code}`,
  );
  const codes = Object.entries(exitCodes).map(([name, code]) => `${name} ${code}`);
  assert.deepEqual(explained.toSorted(), codes.toSorted());
});

test("links of the pages lead to files and headings that exist", () => {
  const broken = pages.flatMap((page) =>
    linksOf(page)
      .filter((link) => !leadsSomewhere(page, link))
      .map((link) => `${page}: ${link}`),
  );
  assert.deepEqual(broken, []);
});

test("paths of the repository that pages name in backticks exist", () => {
  const named = /`((?:src|docs|nix|templates|test|tools|examples)\/[\w./-]+\.(?:ts|md|nix|sh|mjs))`/g;
  const missing = pages.flatMap((page) =>
    [...textOf(page).matchAll(named)]
      .map(([, path = ""]) => path)
      .filter((path) => !existsSync(join(root, path)))
      .map((path) => `${page}: ${path}`),
  );
  assert.deepEqual(missing, []);
});

test("the README's flake is examples/app's, to the letter", () => {
  const flake = readFileSync(join(root, "examples/app/flake.nix"), "utf8");
  assert.ok(textOf("README.md").includes(`\`\`\`nix\n${flake}\`\`\`\n`));
});

function linksOf(page: string): string[] {
  const prose = textOf(page).replace(/```[\s\S]*?```/g, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = ""]) => link)
    .filter((link) => !/^\w+:/.test(link));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = "", heading] = link.split("#");
  const target = path === "" ? page : join(dirname(page), decodeURIComponent(path));
  if (!existsSync(join(root, target))) return false;
  return heading === undefined || !target.endsWith(".md") || headingsOf(target).includes(heading);
}

// As GitHub makes them: lower case, punctuation gone, spaces to dashes.
function headingsOf(page: string): string[] {
  return [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, text = ""]) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function textOf(page: string): string {
  return readFileSync(join(root, page), "utf8");
}
