import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { makeTempFolder } from "../support/temp-folder.ts";
import { type CliResult, runCli } from "../cli/run-cli.ts";

const commands = [["generate"], ["generate", "--check"], ["plan"]] as const;

async function run(args: readonly string[], extras: string): Promise<CliResult & { answer: string }> {
  await using folder = await makeTempFolder();
  await writeFile(
    join(folder.path, "casement.yaml"),
    `name: hello\nwindows:\n  release: windows-10-22h2\n  extraSettings:\n${extras}`,
  );
  const result = runCli(folder.path, args, join(folder.path, "cache"));
  const file = join(folder.path, "casement/media/floppy/Autounattend.xml");
  return { ...result, answer: await readFile(file, "utf8").catch(() => "") };
}

describe("extraSettings on the command line", () => {
  test("come out in the answer file, in the reference's spelling", async () => {
    const { exitCode, stderr, answer } = await run(
      ["generate"],
      "  - { component: microsoft-windows-shell-setup, pass: specialize, path: copyprofile, value: true }\n",
    );
    assert.equal(exitCode, 0, stderr);
    assert.match(
      answer,
      /<component name="Microsoft-Windows-Shell-Setup"[^]*<CopyProfile>true<\/CopyProfile>/,
    );
  });

  for (const args of commands) {
    test(`casement ${args.join(" ")} reports them with all other faults, by path and line`, async () => {
      const { exitCode, stderr } = await run(
        args,
        [
          "  - { component: Microsoft-Windows-Shell-Setup, pass: specialize, path: TimeZon, value: UTC }",
          "  - component: Microsoft-Windows-Shell-Setup",
          "    pass: oobeSystem",
          "    path: OOBE",
          "    value:",
          "      ProtectYourPC: 9",
          "  timeZone: Nowhere",
          "",
        ].join("\n"),
      );
      assert.equal(exitCode, 64);
      assert.match(stderr, /3 faults\n/);
      assert.match(stderr, /windows\.timeZone \(line 11\): /);
      assert.match(stderr, /windows\.extraSettings\[0\]\.path \(line 5\): "TimeZon" is not a setting/);
      assert.match(stderr, /Did you mean TimeZone\?/);
      assert.match(
        stderr,
        /windows\.extraSettings\[1\]\.value\.ProtectYourPC \(line 10\): allowed: 1, 2, 3, got "9"/,
      );
    });

    test(`casement ${args.join(" ")} names both sides of every conflict, by line`, async () => {
      const { exitCode, stderr, answer } = await run(
        args,
        [
          "  - { component: Microsoft-Windows-Shell-Setup, pass: specialize, path: TimeZone, value: UTC }",
          "  - component: Microsoft-Windows-Shell-Setup",
          "    pass: oobeSystem",
          "    path: OOBE",
          "    value: { ProtectYourPC: 1 }",
          "",
        ].join("\n"),
      );
      assert.equal(exitCode, 64);
      assert.match(stderr, /2 faults\n/);
      assert.match(
        stderr,
        /windows\.extraSettings\[0\]\.value \(line 5\): casement sets .*TimeZone itself, to "UTC"\n {4}Use windows\.timeZone/,
      );
      assert.match(
        stderr,
        /windows\.extraSettings\[1\]\.value\.ProtectYourPC \(line 9\): casement sets .* itself, to "3"/,
      );
      assert.equal(answer, "");
    });
  }

  test("are refused where the file as a whole would not do", async () => {
    const { exitCode, stderr } = await run(
      ["generate"],
      "  - { component: Microsoft-Windows-Deployment, pass: specialize, path: Reseal/ForceShutdownNow, value: true }\n",
    );
    assert.equal(exitCode, 64);
    assert.match(stderr, /windows\.extraSettings\[0\]/);
  });

  test("are refused for XP, which has no such file", async () => {
    await using folder = await makeTempFolder();
    const extra = {
      component: "Microsoft-Windows-Shell-Setup",
      pass: "specialize",
      path: "TimeZone",
      value: "UTC",
    };
    const windows = { release: "windows-xp", extraSettings: [extra] };
    await writeFile(join(folder.path, "casement.json"), JSON.stringify({ name: "old", windows }));
    const { exitCode, stderr } = runCli(folder.path, ["plan"], join(folder.path, "cache"));
    assert.equal(exitCode, 64);
    assert.match(stderr, /windows\.extraSettings .*mean nothing to the Setup of Windows XP/);
  });
});
