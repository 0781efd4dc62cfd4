import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFile, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { z } from "zod";
import { evaluate, repository, skipWithoutNix, toolPkgs } from "../nix/nix-tool.ts";
import { skipWithout } from "../support/external-tools.ts";
import { startWine, type Wine } from "./guest-scripts/wine.ts";

const sources = join(import.meta.dirname, "guest-scripts");

// The commands of casement.lib.layers under Wine, which has a cmd, an xcopy, a reg and a msiexec that nobody here wrote. Not Windows.
describe("layers under Wine", {
  skip: skipWithoutNix || skipWithout(["wine", "wixl", "x86_64-w64-mingw32-gcc"]),
  timeout: 240_000,
}, () => {
  let wine: Wine;
  let store = "";
  const onC = (path: string): string => join(wine.driveC, path);
  before(async () => {
    wine = await startWine();
    store = onC("store");
    await mkdir(store);
    await symlink(store, join(wine.driveC, "../dosdevices/s:"));
  });
  after(() => wine[Symbol.asyncDispose]());

  /** Runs a layer's command with its inputs at store paths, as a session does; returns the whole exit code and what was printed. */
  async function runLayer(
    expression: string,
    inputs: Readonly<Record<string, string>>,
  ): Promise<{ code: number; output: string }> {
    const command = z.string().parse(
      evaluate(`
        let
          pkgs = ${toolPkgs};
          inherit ((import ${repository} { toolPkgs = pkgs; }).lib) layers;
          file = pkgs.writeText "file" "";
        in
        (${expression}).command`),
    );
    await writeFile(onC("layer.cmd"), command.replaceAll("\n", "\r\n"));
    const variables = Object.entries(inputs).map(([name, value]) => `set "${name}=/nix/store/${value}"\r\n`);
    // Its exit is not to end this one, which keeps the code with all its bits.
    await writeFile(
      onC("main.cmd"),
      `@echo off\r\n${variables.join("")}cmd /d /c C:\\layer.cmd\r\n>C:\\code echo %errorlevel%\r\n`,
    );
    await mkdir(onC("casement"), { recursive: true });
    const { output } = await wine.run("cmd.exe /d /c C:\\main.cmd");
    return { code: Number(await readFile(onC("code"), "utf8")), output };
  }

  test("msi installs a package with its properties, and leaves no copy of it", async () => {
    await writeFile(join(store, "content.txt"), "content");
    execFileSync("wixl", ["-o", join(store, "hash-tool.msi"), join(sources, "package.wxs")], { cwd: store });
    const { code, output } = await runLayer(
      'layers.msi { name = "tool"; inherit file; properties.INSTALLDIR = "C:\\\\a tool"; }',
      { file: "hash-tool.msi" },
    );
    assert.equal(code, 0, output);
    assert.equal(await readFile(onC("a tool/content.txt"), "utf8"), "content");
    await assert.rejects(readFile(onC("casement/layer/package.msi")), { code: "ENOENT" });
  });

  test("msi of what is no package fails with msiexec's own code (its log is empty under Wine)", async () => {
    await writeFile(join(store, "hash-broken.msi"), "no package");
    const { code, output } = await runLayer('layers.msi { name = "tool"; inherit file; }', {
      file: "hash-broken.msi",
    });
    // ERROR_FUNCTION_FAILED is Wine's word for it.
    assert.equal(code, 1627, output);
  });

  test("msi whose file is not there fails before anything is installed", async () => {
    const { code } = await runLayer('layers.msi { name = "tool"; inherit file; }', { file: "hash-none.msi" });
    assert.equal(code, 1);
  });

  for (const code of [0, 42, 3010]) {
    test(`exe hands arguments on as they are and its code ${code} back`, async () => {
      const program = join(store, "hash-setup");
      execFileSync("x86_64-w64-mingw32-gcc", [
        "-Os",
        "-s",
        "-o",
        `${program}.exe`,
        join(sources, "installer.c"),
      ]);
      await copyFile(`${program}.exe`, program);
      const words = ["/S", "two words", "a&b|c", "50%", "C:\\dir\\", `${code}`];
      const list = words.map((word) => `"${word.replaceAll("\\", "\\\\")}"`).join(" ");
      const ended = await runLayer(`layers.exe { name = "tool"; inherit file; arguments = [ ${list} ]; }`, {
        file: "hash-setup",
      });
      assert.equal(ended.code, code, ended.output);
      assert.deepEqual((await readFile(onC("installed.txt"), "utf8")).trim().split(/\r?\n/), words);
    });
  }

  test("zip copies a folder, and adds to the machine's Path without reading what is in it", async () => {
    await mkdir(join(store, "hash-folder/bin/empty"), { recursive: true });
    await writeFile(join(store, "hash-folder/bin/tool.txt"), "x", { mode: 0o444 });
    const key = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment";
    await wine.run(`reg add "${key}" /v Path /t REG_EXPAND_SZ /d "%SystemRoot%\\system32" /f`);
    const { code, output } = await runLayer(
      'layers.zip { name = "tool"; archive = file; to = "C:\\\\my tools"; path = [ "bin" "." ]; }',
      { folder: "hash-folder" },
    );
    assert.equal(code, 0, output);
    assert.equal(await readFile(onC("my tools/bin/tool.txt"), "utf8"), "x");
    const { output: path } = await wine.run(`reg query "${key}" /v Path`);
    assert.match(path, /REG_EXPAND_SZ\s+%SystemRoot%\\system32;C:\\my tools\\bin;C:\\my tools/);
    await rm(onC("my tools"), { recursive: true });
  });

  test("msys2 stops at a program that crashes, with its whole code", async () => {
    const folder = join(store, "hash-msys2/usr/bin");
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "crash.c"), "int main(void) { return (int)0xC0000142; }");
    execFileSync("x86_64-w64-mingw32-gcc", ["-o", join(folder, "bash.exe"), join(folder, "crash.c")]);
    const { code, output } = await runLayer("layers.msys2 { archive = file; }", { folder: "hash-msys2" });
    assert.equal(code | 0, 0xc0000142 | 0, output);
  });
});
