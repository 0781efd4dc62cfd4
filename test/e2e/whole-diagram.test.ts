import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { image } from "../../src/contract/filenames.ts";
import { imageRecordSchema } from "../../src/contract/records.ts";
import { until } from "../../src/process/until.ts";
import { loadSnapshotRecord } from "../../src/runtime/records.ts";
import { nixOutput, repository, skipWithoutNix } from "../nix/nix-tool.ts";
import { startDrivenNode } from "./driven-node.ts";
import {
  type Built,
  makeStandInProject,
  nixRun,
  type StandInProject,
  succeeding,
} from "./stand-in-project.ts";

/** What the flake builds beside image and snapshot. */
const definitions = `
      # Says when it begins and ends, so that the log shows whether two of them overlapped; new each time, so that they run.
      overlapping = name: windows.runCommand name { now = "${Date.now()}"; } ''
        echo "begin of \${name} on $(hostname)"
        cat /proc/meminfo >$out/meminfo
        sleep 15
        echo "\${name}" >$out/name
        echo "end of \${name}"
      '';
      reads = windows.runCommand "reads" { input = pkgs.writeText "an-input" "from the store\\n"; } ''
        cat "$input" | tee $out/copy
        ln -s copy $out/a-symlink
        echo "to standard error" >&2
      '';
      fails = windows.runCommand "fails" { } ''
        echo "before the end"
        exit 42
      '';
      inCmd = windows.runCommandCmd "in-cmd" { } ''
        exit /b 256
      '';

      # What the driver of a NixOS test starts for the machine.
      node = import "\${casement}/test/nix/test-node.nix" {
        inherit (pkgs) lib;
        windows = windows.override { pkgs = pkgs // { testers.runNixOSTest = test: test; }; };
      };

      # The disk of one installation beside the memory of another, as \`nix copy\` between two stores can leave them.
      foreignImage = pkgs.runCommand "foreign-image" { inherit (windows) image; } ''
        mkdir $out
        for file in $image/*; do ln -s $file $out/; done
        rm $out/image.json
        sed 's/"buildId": *"[0-9a-f]*"/"buildId": "00000000000000000000000000000000"/' $image/image.json >$out/image.json
        ! cmp -s $image/image.json $out/image.json
      '';
      mixed = derivation (reads.drvAttrs // {
        name = "mixed";
        casement = reads.drvAttrs.casement // {
          stageConfig = reads.stageConfig // { image = "\${foreignImage}"; };
        };
      });`;

const outputs = `        inherit reads fails inCmd mixed node;
        inherit (windows) proof;
        one = overlapping "one";
        two = overlapping "two";`;

describe("the whole diagram, on the stand-in", { skip: skipWithoutNix, timeout: 25 * 60_000 }, () => {
  let project: StandInProject;

  before(async () => {
    const spec = readFileSync(join(repository, "examples/hello/casement.yaml"), "utf8");
    project = await makeStandInProject({ spec, definitions, outputs });
  });
  after(() => project[Symbol.dispose]());

  // Without a machine no other test can say anything, and each would try for minutes to install it again.
  let missing: string | undefined = "installs without a person";
  const build = (...attributes: readonly string[]): Promise<Built> => {
    if (missing !== undefined && attributes[0] !== "image") throw new Error(`'${missing}' did not pass`);
    return project.build(...attributes);
  };

  test("installs without a person", async () => {
    const { paths } = await succeeding(build("image"));
    missing = undefined;
    const record = imageRecordSchema.parse(
      JSON.parse(readFileSync(join(paths[0] ?? "", image.record), "utf8")),
    );
    assert.equal(record.standIn, true);
    assert.match(record.hostKey, /^ssh-ed25519 /);
    // Setup's part of the stand-in says what the Linux kernel read from the floppy.
    const answerFile = readFileSync(join(project.generated, "media/floppy/Autounattend.xml"));
    const sum = createHash("sha256").update(answerFile).digest("hex");
    const com1 = readFileSync(join(paths[0] ?? "", image.log, "com1.log"), "utf8");
    assert.ok(com1.includes(`A:\\Autounattend.xml ${answerFile.length} bytes sha256 ${sum}`), com1);
  });

  test("freezes what was installed", async () => {
    await succeeding(build("windows"));
  });

  test("runs two commands at once in machines revived from one snapshot, and leaves it as it was", async () => {
    const { log, paths } = await succeeding(build("one", "two"));
    const at = (text: string): number => {
      const line = log.indexOf(text);
      assert.notEqual(line, -1, `the log does not show '${text}'\n${log}`);
      return line;
    };
    const begins = [at("begin of one on"), at("begin of two on")];
    const ends = [at("end of one"), at("end of two")];
    assert.ok(Math.max(...begins) < Math.min(...ends), `the two runs did not overlap\n${log}`);
    assert.deepEqual(
      paths.map((path) => readFileSync(join(path, "name"), "utf8")),
      ["one\n", "two\n"],
    );
    const snapshot = await succeeding(build("windows"));
    const { ram } = await loadSnapshotRecord(snapshot.paths[0] ?? "");
    const freeKiB = Number(
      /^MemFree: +(\d+) kB$/m.exec(readFileSync(join(paths[0] ?? "", "meminfo"), "utf8"))?.[1],
    );
    const inUse = ram.bytes - freeKiB * 1024;
    assert.ok(ram.bytesOnDisk <= 1.1 * inUse, `${ram.bytesOnDisk} bytes on disk, ${inUse} in use in a run`);
    await nixRun(["store", "verify", "--no-trust", ...snapshot.paths]);
  });

  test("reads its inputs from the store, shows what the command writes, and collects the result", async () => {
    const [out = ""] = (await succeeding(build("reads"))).paths;
    const log = nixOutput("log", out);
    assert.match(log, /from the store/);
    assert.match(log, /to standard error/);
    assert.equal(readFileSync(join(out, "copy"), "utf8"), "from the store\n");
    assert.equal(readFileSync(join(out, "a-symlink"), "utf8"), "from the store\n");
  });

  test("bundles what shows how a machine behaved", async () => {
    const { paths } = await succeeding(build("proof"));
    const folder = join(paths[0] ?? "", "casement-proof");
    const read = (name: string): string => readFileSync(join(folder, name), "utf8");
    assert.match(read("README.txt"), /stand-in, not on Windows/);
    assert.match(read("image/log/stage.log"), /phase: installed/);
    assert.match(read("snapshot/log/stage.log"), /frozen in 0\.\d+ s/);
    assert.match(
      read("run/exit-code-256.txt"),
      /exit code 256 \(0x00000100\)\nnative: low byte 1\nbash alone: 0\n/,
    );
    assert.match(read("run/symlinks.txt"), /^target\ntarget\ntarget\n/m);
    for (const name of ["image/log/stage-installed.png", "snapshot/log/before-the-freeze.png"]) {
      assert.equal(readFileSync(join(folder, name)).subarray(1, 4).toString("latin1"), "PNG", name);
    }
    for (const name of ["whoami", "net-use", "mount", "clock"])
      assert.ok(read(`run/${name}.txt`).length > 20, name);
    assert.ok(existsSync(join(paths[0] ?? "", "casement-proof.tar")));
  });

  test("fails with the command's own exit code, and shows it", async () => {
    const { exitCode, log } = await build("fails");
    assert.notEqual(exitCode, 0);
    assert.match(log, /before the end/);
    assert.match(log, /the command exited with 42 \(0x2A\)/);
    assert.match(log, /failed with exit code 42\b/);
  });

  test("never takes 256, of which a shell keeps 0, for success", async () => {
    const { exitCode, log } = await build("inCmd");
    assert.notEqual(exitCode, 0);
    assert.match(log, /the command exited with 256 \(0x100\)/);
  });

  test("is a machine of a NixOS test's driver: its shell, its files, its network and its end", async () => {
    const { paths } = await succeeding(build("node"));
    await using node = await startDrivenNode(paths[0] ?? "");
    const { driver } = node;
    await driver.started();
    await driver.connect();
    assert.deepEqual(await driver.execute("echo out; echo to the log >&2; exit 9"), {
      status: 9,
      output: "out\n",
    });
    assert.equal((await driver.execute("cmd /c 'exit /b 256'")).status, 0, "bash keeps 8 bits");
    assert.equal((await driver.execute("native cmd /c 'exit /b 256'")).status, 1);
    assert.deepEqual(await driver.execute("cat; pwd"), { status: 0, output: "/tmp\n" });

    writeFileSync(join(node.shared, "to-guest"), "from the driver\n");
    assert.equal((await driver.execute("cat /tmp/shared/to-guest")).output, "from the driver\n");
    await driver.execute("mkdir /tmp/shared/tree && echo back >/tmp/shared/tree/leaf");
    assert.equal(readFileSync(join(node.shared, "tree/leaf"), "utf8"), "back\n");
    assert.equal((await driver.execute(`test -d ${paths[0]}`)).status, 0, "the store is on S:");

    const page = "exec 3<>/dev/tcp/neighbour/80; printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3";
    await until({
      what: "the neighbour's page",
      timeoutMs: 60_000,
      intervalMs: 500,
      probe: async (observe) => {
        const { output } = await driver.execute(page);
        observe(output);
        return output.includes("a page of the neighbour") || undefined;
      },
    });
    assert.equal((await driver.execute("nc -z neighbour 80 && ! nc -z neighbour 81")).status, 0);
    assert.match(node.said().neighbour, /neighbour heard SSH-2\.0/);

    driver.type("poweroff");
    assert.equal((await node.exited).how, "exited with 0");
    assert.match(node.said().node, /to the log/);
    assert.match(node.said().node, /the guest has shut down/);
    assert.ok(existsSync(join(node.evidence, "screenshot.png")));
  });

  test("refuses a snapshot beside the image of another installation, before anything is revived", async () => {
    const { exitCode, log } = await build("mixed");
    assert.notEqual(exitCode, 0);
    assert.match(log, /was made from another build of the image, got image \S+ with build id 0{32}/);
  });
});
