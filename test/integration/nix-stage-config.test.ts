import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { z } from "zod";
import { machineSchema } from "../../src/contract/machine.ts";
import { controllerStageSchema, stageConfigSchema } from "../../src/contract/stage-config.ts";
import {
  copyMachine,
  evaluate,
  nixOutput,
  repository,
  scratch,
  skipWithoutNix,
  toolPkgs,
  usesHostTools,
} from "../nix/nix-tool.ts";

const golden = join(repository, "test/nix/golden");
const script = "echo \"$greeting\" '\\' ''${x} ü\n";

describe("what Nix hands to the runtime", { skip: skipWithoutNix }, () => {
  const machines = [
    { title: "bios", edit: (text: string) => text },
    {
      title: "uefi",
      edit: (text: string) => text.replace('"bios"', '"uefi"').replace('"floppy": true', '"floppy": false'),
    },
    {
      title: "arm64",
      edit: (text: string) =>
        text
          .replace('"amd64"', '"arm64"')
          .replace('"bios"', '"uefi"')
          .replace('"pc-i440fx-10.0"', '"virt-10.0"')
          .replace('"floppy": true', '"floppy": false'),
      skip: skipWithoutArm64(),
    },
  ];
  for (const { title, edit, skip = false } of machines) {
    test(`fits the contract in every stage: ${title}`, { skip }, () => {
      using folder = scratch();
      const dir = join(folder.path, "machine");
      copyMachine(dir);
      const file = join(dir, "machine.json");
      writeFileSync(file, edit(readFileSync(file, "utf8")));

      for (const stage of ["image", "snapshot", "run"]) {
        const text = readFileSync(join(built(dir, stage), "stage.json"), "utf8");
        stageConfigSchema.parse(JSON.parse(text));
        // nixpkgs has other paths inside its packages.
        if (usesHostTools) assertGolden(`${title}-${stage}.json`, withoutHashes(text));
      }
    });
  }

  const goldens = readdirSync(join(repository, "test/golden"), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  for (const { name } of goldens) {
    const skip = name.endsWith("-arm64") ? skipWithoutArm64() : false;
    test(`fits the contract for what generate writes (test/golden/${name})`, { skip }, () => {
      const dir = join(repository, "test/golden", name);
      const configs = evaluate(`
        let loaded = (${machine(dir)}); in
        map (stage: stage.stageConfig) [ loaded.image loaded (loaded.runCommandPowerShell "x" { } "") ]`);
      const [image, snapshot, run] = z.array(z.record(z.string(), z.unknown())).parse(configs);
      // Where outputs go is known where the build runs, and the script's file is made there.
      const outputs = { out: "/nix/store/out" };
      stageConfigSchema.parse({ ...image, outputs });
      stageConfigSchema.parse({ ...snapshot, outputs });
      const command = z.record(z.string(), z.unknown()).parse(run?.["command"]);
      stageConfigSchema.parse({
        ...run,
        outputs,
        command: { ...command, script: "/build/script", attributes: null },
      });
    });
  }

  test("is the script byte for byte, and variables as Nix writes a derivation's attributes", () => {
    using folder = scratch();
    copyMachine(join(folder.path, "machine"));
    const out = built(join(folder.path, "machine"), "run");
    assert.equal(readFileSync(join(out, "script"), "utf8"), script);
    const config = stageConfigSchema.parse(JSON.parse(readFileSync(join(out, "stage.json"), "utf8")));
    assert.ok(config.stage === "run");
    const { source, ...environment } = config.command.environment;
    assert.match(source ?? "", /^\/nix\/store\/[0-9a-z]{32}-marker\.txt$/);
    assert.deepEqual(environment, {
      greeting: "hello",
      yes: "1",
      no: "",
      nothing: "",
      list: "1 two",
      half: "0.500000",
    });
  });

  test("says to the runtime and not to the guest that a command runs at the desktop", () => {
    const dir = join(repository, "test/golden/windows-11-evaluation");
    const commands = evaluate(`
      let loaded = (${machine(dir)}); in
      map (run: run.stageConfig.command) [
        (loaded.runCommand "x" { desktop = true; } "")
        (loaded.runCommand "x" { } "")
        (loaded.windowsTest { name = "x"; desktop = true; script = ""; }).evidence
      ]`);
    const parsed = z
      .array(z.object({ desktop: z.boolean(), environment: z.record(z.string(), z.string()) }))
      .parse(commands);
    assert.deepEqual(parsed, [
      { desktop: true, environment: {} },
      { desktop: false, environment: {} },
      { desktop: true, environment: {} },
    ]);
  });

  test("is the frozen controller in every stage that needs one, and one of the user's own as it boots", () => {
    using folder = scratch();
    const dir = join(folder.path, "machine");
    copyMachine(dir);
    const stages =
      '[ loaded.stageConfig (loaded.layer { name = "l"; command = ""; }).image.stageConfig (loaded.runCommand "x" { } "").stageConfig ]';
    const configs = evaluate(`
      let
        own = (${machine(dir)});
        loaded = own.override { controller = null; };
      in
      {
        frozen = { folder = loaded.controller.frozen.outPath; ram = loaded.controller.frozen.ram.outPath; };
        config = loaded.controller.frozen.stageConfig;
        stages = map (stage: stage.controller) ${stages};
        own = own.stageConfig.controller;
      }`);
    const part = z.looseObject({ frozen: z.unknown() });
    const {
      frozen,
      config,
      stages: found,
      own,
    } = z
      .object({ frozen: z.unknown(), config: z.unknown(), stages: z.array(part), own: part })
      .parse(configs);
    const outputs = { out: "/nix/store/out", ram: "/nix/store/ram" };
    const stage = controllerStageSchema.parse({ ...z.looseObject({}).parse(config), outputs });
    assert.equal(found.length, 3);
    for (const controller of found) assert.deepEqual(controller, { ...stage.controller, frozen });
    assert.equal(own.frozen, null);
  });

  test("is the agent's file where there is a session, and nowhere else: what it does there installs nothing again", () => {
    using folder = scratch();
    const dir = join(folder.path, "machine");
    copyMachine(dir);
    const agents = evaluate(`
      let loaded = (${machine(dir)}).override { controller = null; }; in
      builtins.mapAttrs (_: stage: stage.agent or null) {
        image = loaded.image.stageConfig;
        controller = loaded.controller.frozen.stageConfig;
        snapshot = loaded.stageConfig;
        layer = (loaded.layer { name = "l"; command = ""; }).image.stageConfig;
        run = (loaded.runCommand "x" { } "").stageConfig;
      }`);
    const file = z.string().regex(/^\/nix\/store\/[0-9a-z]{32}-agent\/share\/casement\/agent\.mjs$/);
    z.strictObject({
      image: z.null(),
      controller: z.null(),
      snapshot: file,
      layer: file,
      run: file,
    }).parse(agents);
  });

  test("does not make the frozen memory refer to store paths that happen to be in it", () => {
    using folder = scratch();
    copyMachine(join(folder.path, "machine"));
    const out = built(join(folder.path, "machine"), "snapshot");
    const ram = built(join(folder.path, "machine"), "ram");
    assert.match(readFileSync(ram, "utf8"), /\/nix\/store\//);
    assert.deepEqual(closureOf(ram), [ram]);
    assert.ok(closureOf(out).length > 1, "a snapshot needs its image");
  });

  test("is in the run's sandbox: every store path of its script and variables is an input", () => {
    using folder = scratch();
    copyMachine(join(folder.path, "machine"));
    const run = `
      let pkgs = ${toolPkgs}; in
      (${machine(join(folder.path, "machine"))}).runCommand "x"
        { text = pkgs.writeText "an-input" ""; }
        "cat \${pkgs.writeText "another-input" ""}"`;
    const drv = nixOutput("eval", "--impure", "--raw", "--expr", `(${run}).drvPath`);
    const closure = nixOutput("derivation", "show", drv);
    assert.match(closure, /-an-input\.drv/);
    assert.match(closure, /-another-input\.drv/);
  });
});

describe("the bootstrap ISO", { skip: skipWithoutNix }, () => {
  test("has the same bytes when it is built twice", () => {
    using folder = scratch();
    copyMachine(join(folder.path, "machine"));
    const expression = `(${machine(join(folder.path, "machine"))}).bootstrapIso`;
    const args = ["build", "--impure", "--no-link", "--print-out-paths", "--expr", expression];
    const iso = nixOutput(...args).trim();
    nixOutput(...args, "--rebuild");
    const bytes = readFileSync(iso);
    assert.equal(
      bytes
        .subarray(16 * 2048 + 40, 16 * 2048 + 72)
        .toString()
        .trimEnd(),
      "CASEMENT",
    );
    // Every file has three dates (ECMA-119 9.1.5: years since 1900, month, day, …); a second build proves nothing about
    // those that come from this store.
    const now = new Date();
    const today = Buffer.from([now.getUTCFullYear() - 1900, now.getUTCMonth() + 1, now.getUTCDate()]);
    assert.equal(bytes.indexOf(today), -1, "the ISO holds today's date");
  });
});

/** Optional also in CI (docs/testing.md); nixpkgs' QEMU has arm64 anyway. */
function skipWithoutArm64(): string | false {
  if (!usesHostTools) return false;
  const versions = readFileSync(join(repository, ".tools/host-tools/versions.json"), "utf8");
  return versions.includes('"qemu-system-arm"') ? false : "needs QEMU for arm64 (npm run setup -- --arm64)";
}

function wantsVirtioWin(dir: string): boolean {
  const { drivers } = machineSchema.parse(JSON.parse(readFileSync(join(dir, "machine.json"), "utf8")));
  return drivers.virtioWin.length > 0;
}

function machine(dir: string): string {
  return `
    let toolPkgs = ${toolPkgs}; in
    import ${repository}/test/nix/loaded.nix {
      source = ${repository};
      dir = ${dir};
      inherit toolPkgs;
      arguments = {
        packages = {
          runtime = import ${repository}/test/nix/recorder.nix { inherit toolPkgs; };
          agent = toolPkgs.runCommand "agent" { } "mkdir -p $out/share/casement; touch $out/share/casement/agent.mjs";
        };
        checkMedium = false;
        ${wantsVirtioWin(dir) ? 'virtioWin = toolPkgs.runCommand "virtio-win" { } "mkdir $out";' : ""}
        controller = toolPkgs.runCommand "controller" { passthru.append = "quiet"; } "mkdir $out; touch $out/vmlinux $out/initrd";
      };
    }`;
}

/** Builds a stage with the recorder in the place of the runtime; the run has variables of every kind. */
function built(dir: string, stage: string): string {
  const run = `runCommand "hello" {
    greeting = "hello";
    source = ${dir}/media/bootstrap/casement/marker.txt;
    yes = true; no = false; nothing = null; list = [ 1 "two" ]; half = 0.5;
  } (builtins.fromJSON ${nixString(JSON.stringify(script))})`;
  const wanted = { image: "image", snapshot: "snapshot.out", ram: "snapshot.ram", run }[stage];
  const expression = `(${machine(dir)}).${wanted}`;
  const paths = nixOutput("build", "--impure", "--no-link", "--print-out-paths", "--expr", expression);
  return paths.trim();
}

function closureOf(path: string): string[] {
  return nixOutput("path-info", "--recursive", path).trim().split("\n");
}

function nixString(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("${", "\\${")}"`;
}

/** Store paths by name alone, versions of the machine's tools left out, indented for whoever reads a difference. */
function withoutHashes(text: string): string {
  const named = text.replace(
    /\/nix\/store\/[0-9a-z]{32}-([^/"]+)/g,
    (_, name: string) => `/nix/store/${name.replace(/-[0-9][^/"]*$/, "")}`,
  );
  return `${JSON.stringify(JSON.parse(named), undefined, 2)}\n`;
}

function assertGolden(name: string, text: string): void {
  const file = join(golden, name);
  if (process.env["UPDATE_GOLDEN"] === "1") {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  assert.equal(
    text,
    existsSync(file) ? readFileSync(file, "utf8") : "",
    `${file} (UPDATE_GOLDEN=1 writes it)`,
  );
}
