import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { z } from "zod";
import { machineSchema } from "../../src/contract/machine.ts";
import { stageConfigSchema } from "../../src/contract/stage-config.ts";
import { parseDriverWords } from "../../src/runtime/test-driver/words.ts";
import {
  copyMachine,
  evaluate,
  nixOutput,
  refusal,
  repository,
  scratch,
  skipWithoutNix,
  toolPkgs,
} from "../nix/nix-tool.ts";

/** In the place of the runtime: records stages, and prints what a driver started it with. */
const runtime = `toolPkgs.runCommand "runtime" { recorder = import ${repository}/test/nix/recorder.nix { inherit toolPkgs; }; } ''
  mkdir -p $out/share/casement
  cat - $recorder/share/casement/runtime.mjs >$out/share/casement/runtime.mjs <<'EOF'
  if (process.argv.length > 3) {
    const { NIX_BUILD_TOP: top, NIX_LOG_FD: log = null } = process.env;
    console.log(JSON.stringify({ argv: process.argv.slice(2), top, log }));
    console.error("said");
    process.exit();
  }
  EOF
''`;

/** The machine's program in a test that says this of the machine itself. */
function program(dir: string, says = "{ }"): string {
  return `let
    toolPkgs = ${toolPkgs};
    windows = import ${repository}/test/nix/loaded.nix {
      source = ${repository};
      dir = ${dir};
      inherit toolPkgs;
      pkgs = toolPkgs // { testers.runNixOSTest = test: test; };
      arguments = {
        packages = {
          runtime = ${runtime};
          agent = toolPkgs.runCommand "agent" { } "mkdir $out";
        };
        controller = toolPkgs.runCommand "controller" { } "mkdir $out";
        checkMedium = false;
      };
    };
  in import ${repository}/test/nix/test-node.nix { inherit (toolPkgs) lib; inherit windows; says = ${says}; }`;
}

describe("the machine as a node of a NixOS test", { skip: skipWithoutNix }, () => {
  test("has a configuration that fits the contract, with the neighbours' names", () => {
    using folder = scratch();
    copyMachine(join(folder.path, "machine"));
    const config = stageConfigSchema.parse(
      evaluate(`(${program(join(folder.path, "machine"))}).stageConfig`),
    );
    assert.ok(config.stage === "test-node");
    assert.deepEqual(config.hosts, [
      { address: "192.168.0.10", name: "neighbour" },
      { address: "192.168.0.12", name: "server" },
      { address: "192.168.0.14", name: "web_server" },
    ]);
  });

  test("is started by a program that gives the driver's words and folders to the runtime, and all output to the driver", () => {
    using folder = scratch();
    copyMachine(join(folder.path, "machine"));
    const out = nixOutput(
      "build",
      "--impure",
      "--no-link",
      "--print-out-paths",
      "--expr",
      program(join(folder.path, "machine")),
    ).trim();
    const words = ["-monitor", "unix:/m", "-chardev", "socket,id=shell,path=/s", "-no-reboot"];
    const { stdout, stderr } = spawnSync(join(out, "bin/run-windows-vm"), words, {
      encoding: "utf8",
      env: {
        QEMU_VDE_SOCKET_0: "/a b/vde0.ctl",
        SHARED_DIR: "/shared",
        TMPDIR: "/vm-state",
        NIX_BUILD_TOP: "/build",
        NIX_LOG_FD: "2",
      },
    });
    assert.equal(stderr, "");
    const [first = "", second] = stdout.split("\n");
    assert.equal(second, "said");
    const started = z
      .object({ argv: z.array(z.string()), top: z.string(), log: z.string().nullable() })
      .parse(JSON.parse(first));
    const [config = "", ...flags] = started.argv;
    assert.match(config, /^\/nix\/store\/[0-9a-z]{32}-casement-windows-node\.json$/);
    const parsed = parseDriverWords(flags);
    assert.deepEqual([parsed.switchSocket, parsed.shared, parsed.shell], ["/a b/vde0.ctl", "/shared", "/s"]);
    assert.deepEqual([started.top, started.log], ["/vm-state", null]);
  });

  test("takes no options of NixOS, also where a test says them in a module's words", () => {
    using folder = scratch();
    copyMachine(join(folder.path, "machine"));
    for (const says of ["{ virtualisation.memorySize = 4096; }", "{ pkgs, ... }: { }"]) {
      assert.match(
        refusal(`(${program(join(folder.path, "machine"), says)}).stageConfig`),
        /win11: nixosTest: nodes\.windows: this node is the frozen machine[^]*Defined in \/checks\.nix\n/,
      );
    }
  });

  test("is refused by a package set without NixOS, and by a machine without bash", () => {
    using folder = scratch();
    const dir = join(folder.path, "machine");
    copyMachine(dir);
    const loaded = (pkgs: string, more = ""): string =>
      `(import ${repository}/test/nix/loaded.nix { source = ${repository}; dir = ${dir}; toolPkgs = ${toolPkgs}; pkgs = ${pkgs}; ${more} }).nixosTest { }`;
    assert.match(
      refusal(loaded(`removeAttrs ${toolPkgs} [ "testers" ]`)),
      /win11: nixosTest: this package set has no NixOS \(no attribute `testers\.runNixOSTest`\)/,
    );
    const file = join(dir, "machine.json");
    const machine = machineSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    const access = { kind: "openssh", user: "builder", password: "x" };
    writeFileSync(file, JSON.stringify({ ...machine, release: "windows-server-2025", access }));
    assert.match(
      refusal(loaded(toolPkgs, "arguments.cygwin = null;")),
      /win11: nixosTest wants bash, and the spec says access: openssh/,
    );
  });
});
