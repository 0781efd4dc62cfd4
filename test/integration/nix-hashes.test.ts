import assert from "node:assert/strict";
import { appendFileSync, cpSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type Machine as MachineSettings, machineSchema } from "../../src/contract/machine.ts";
import { copyMachine, copySource, evaluate, scratch, skipWithoutNix, toolPkgs } from "../nix/nix-tool.ts";

const stages = ["bootstrapIso", "image", "controller", "snapshot", "run"] as const;
type Stage = (typeof stages)[number];

interface Machine {
  /** Casement's source and the generated folder, each free to be changed. */
  readonly source: string;
  readonly dir: string;
  /** Nix expressions. */
  toolPkgs: string;
  pkgs: string;
  arguments: string;
  script: string;
}

/** What is changed, and which stages get another hash by it; all other stages have to keep theirs. */
const changes: readonly {
  readonly title: string;
  readonly change: (machine: Machine) => void;
  readonly affects: readonly Stage[];
}[] = [
  {
    title:
      "the agent changes the snapshot, which proves a session, and leaves installation and controller alone",
    change: ({ source }) => appendFileSync(join(source, "src/agent/main.ts"), "\n// changed\n"),
    affects: ["snapshot", "run"],
  },
  {
    title: "the controller's recipe changes controller and snapshot and leaves the installation alone",
    change: ({ source }) => appendFileSync(join(source, "nix/controller/init.sh"), "# changed\n"),
    affects: ["controller", "snapshot", "run"],
  },
  {
    title: "Samba's settings change controller and snapshot and leave the installation alone",
    change: ({ dir }) => appendFileSync(join(dir, "controller/smb.conf"), "# changed\n"),
    affects: ["controller", "snapshot", "run"],
  },
  {
    title: "a run's timeout changes nothing but the run",
    change: ({ dir }) => editMachine(dir, (machine) => Object.assign(machine.run, { timeoutMinutes: 99 })),
    affects: ["run"],
  },
  {
    title: "what quiet means changes the snapshot and leaves the installation alone",
    change: ({ dir }) => editMachine(dir, (machine) => Object.assign(machine.snapshot, { bootMinutes: 99 })),
    affects: ["snapshot", "run"],
  },
  {
    title: "a README changes nothing, neither Casement's nor one beside the generated files",
    change: ({ source, dir }) => {
      writeFileSync(join(source, "README.md"), "changed\n");
      writeFileSync(join(dir, "README.md"), "changed\n");
    },
    affects: [],
  },
  {
    title: "the command line and the generator change nothing",
    change: ({ source }) => writeFileSync(join(source, "src/cli/extra.ts"), "export {};\n"),
    affects: [],
  },
  {
    title: "how the medium is checked changes nothing",
    change: ({ source }) => appendFileSync(join(source, "src/media/check-medium.ts"), "\n// changed\n"),
    affects: [],
  },
  {
    title:
      "what the medium has to hold changes everything but the controller and the bootstrap ISO, whose answer file generate writes",
    change: ({ dir }) => editMachine(dir, (machine) => Object.assign(machine.medium, { language: "de-DE" })),
    affects: ["image", "snapshot", "run"],
  },
  {
    title: "the user's nixpkgs changes nothing",
    change: (machine) => {
      machine.pkgs = `(${machine.toolPkgs} // { stdenvNoCC = throw "not used for a stand-in"; hello = 1; qemu = 2; })`;
    },
    affects: [],
  },
  {
    title: "where the generated folder lies changes nothing",
    change: (machine) => {
      const moved = `${machine.dir}-moved`;
      renameSync(machine.dir, moved);
      Object.assign(machine, { dir: moved });
    },
    affects: [],
  },
  {
    title: "the floppy changes everything but bootstrap ISO and controller",
    change: ({ dir }) => appendFileSync(join(dir, "media/floppy.img"), "changed"),
    affects: ["image", "snapshot", "run"],
  },
  {
    title: "a bootstrap script changes everything but the controller",
    change: ({ dir }) => appendFileSync(join(dir, "media/bootstrap/casement/marker.txt"), "changed"),
    affects: ["bootstrapIso", "image", "snapshot", "run"],
  },
  {
    title: "Cygwin's packages change everything but the controller",
    change: (machine) => {
      machine.arguments = `{ cygwin = ${machine.toolPkgs}.writeText "other" ""; }`;
    },
    affects: ["bootstrapIso", "image", "snapshot", "run"],
  },
  {
    title: "the runtime changes everything but the bootstrap ISO",
    change: ({ source }) => appendFileSync(join(source, "src/runtime/main.ts"), "\n// changed\n"),
    affects: ["image", "controller", "snapshot", "run"],
  },
  {
    title: "QEMU changes everything but the bootstrap ISO",
    change: (machine) => {
      const qemu = `${machine.toolPkgs}.runCommand "qemu-other" { } "mkdir $out"`;
      machine.toolPkgs = `(${machine.toolPkgs} // rec { qemu = ${qemu}; qemu_kvm = qemu; })`;
    },
    affects: ["image", "controller", "snapshot", "run"],
  },
  {
    title:
      "the contract of the stages, which is part of the runtime, changes everything but the bootstrap ISO",
    change: ({ source }) => appendFileSync(join(source, "src/contract/records.ts"), "\n// changed\n"),
    affects: ["image", "controller", "snapshot", "run"],
  },
  {
    title:
      "the account in machine.json changes everything but bootstrap ISO and controller, whose files generate writes",
    change: ({ dir }) => editMachine(dir, (machine) => Object.assign(machine.access, { password: "other" })),
    affects: ["image", "snapshot", "run"],
  },
  {
    title: "a deadline of the installation changes everything but bootstrap ISO and controller",
    change: ({ dir }) => editMachine(dir, (machine) => Object.assign(machine.image, { deadlineMinutes: 99 })),
    affects: ["image", "snapshot", "run"],
  },
  {
    title: "a feature that builders have to offer changes everything but the bootstrap ISO",
    change: ({ dir }) =>
      editMachine(dir, (machine) => Object.assign(machine.nix, { requiredSystemFeatures: ["windows-vm"] })),
    affects: ["image", "controller", "snapshot", "run"],
  },
  {
    title: "how the memory is kept changes the snapshot and leaves the installation alone",
    change: ({ dir }) =>
      editMachine(dir, (machine) => Object.assign(machine.snapshot, { memoryLayout: "packed" })),
    affects: ["snapshot", "run"],
  },
  {
    title:
      "whether snapshots may be fetched changes controller and snapshot and leaves the installation alone",
    change: ({ dir }) =>
      editMachine(dir, (machine) => Object.assign(machine.nix, { substituteSnapshots: true })),
    affects: ["controller", "snapshot", "run"],
  },
  {
    title: "the controller's memory changes controller and snapshot and leaves the installation alone",
    change: ({ dir }) =>
      editMachine(dir, (machine) => Object.assign(machine.controller, { memoryMiB: 1024 })),
    affects: ["controller", "snapshot", "run"],
  },
  {
    title: "a run's script changes that run alone",
    change: (machine) => {
      machine.script = "uname -r";
    },
    affects: ["run"],
  },
  {
    title: "the guest's hardware changes everything but bootstrap ISO and controller",
    change: ({ dir }) => editMachine(dir, (machine) => Object.assign(machine.hardware, { memoryMiB: 1024 })),
    affects: ["image", "snapshot", "run"],
  },
];

describe("a stage's hash holds only what matters", { skip: skipWithoutNix }, () => {
  // One copy for all: the clone may be worked in while this runs.
  const base = scratch();
  const original: Record<string, string> = {};

  before(() => {
    copySource(join(base.path, "source"));
    copyMachine(join(base.path, "machine"));
    Object.assign(original, hashesOf(machineIn(base.path)));
  });

  after(() => base[Symbol.dispose]());

  for (const { title, change, affects } of changes) {
    test(title, () => {
      using folder = scratch();
      cpSync(base.path, folder.path, { recursive: true });
      const machine = machineIn(folder.path);
      change(machine);
      const changed = hashesOf(machine);
      assert.deepEqual(
        stages.filter((stage) => changed[stage] !== original[stage]),
        affects,
      );
    });
  }
});

function machineIn(folder: string): Machine {
  return {
    source: join(folder, "source"),
    dir: join(folder, "machine"),
    toolPkgs,
    pkgs: toolPkgs,
    arguments: "{ }",
    script: "uname -a",
  };
}

function hashesOf(machine: Machine): Record<string, string> {
  const paths = evaluate(`
    let
      loaded = import ${machine.source}/test/nix/loaded.nix {
        source = ${machine.source};
        dir = ${machine.dir};
        toolPkgs = ${machine.toolPkgs};
        pkgs = ${machine.pkgs};
        arguments = ${machine.arguments};
      };
    in
    {
      bootstrapIso = loaded.bootstrapIso.outPath;
      image = loaded.image.outPath;
      controller = loaded.controller.frozen.outPath;
      snapshot = loaded.outPath;
      run = (loaded.runCommand "hello" { } "${machine.script}").outPath;
    }`);
  assert.ok(typeof paths === "object" && paths !== null);
  return Object.fromEntries(Object.entries(paths).map(([stage, path]) => [stage, String(path)]));
}

function editMachine(dir: string, edit: (machine: MachineSettings) => void): void {
  const file = join(dir, "machine.json");
  const machine = machineSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  edit(machine);
  writeFileSync(file, JSON.stringify(machine));
}
