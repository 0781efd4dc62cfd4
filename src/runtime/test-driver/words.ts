import { exitCodes, ToolError } from "../../errors.ts";

/** What the driver of a NixOS test says to the program that it starts for a machine. */
export interface DriverWords {
  /** Folder of the switch that the machine joins. */
  readonly switchSocket: string;
  /** Folder that all machines of the test share. */
  readonly shared: string;
  /** Sockets that the driver listens on: what it types and reads, and QEMU's monitor. */
  readonly shell: string;
  readonly monitor: string;
  /** Socket that the driver looks for QEMU's QMP at; older drivers have none. */
  readonly qmp: string | undefined;
  /** The options for its monitors, for QEMU. */
  readonly monitors: readonly string[];
  /** True where the machine ends in the place of a restart. */
  readonly endsAtRestart: boolean;
  /** What else it wants of QEMU, and does not get. */
  readonly refused: readonly string[];
}

const usage =
  "usage: --switch FOLDER --shared FOLDER, and the options that the driver of a NixOS test appends to QEMU's: " +
  "-monitor unix:SOCKET -chardev socket,id=shell,path=SOCKET [-qmp unix:SOCKET,…] [-no-reboot]";

/** For the shell and the log of a Linux: the runtime has them from the agent. Devices would not fit the frozen memory. */
const meantForLinux = new Set([
  "-device virtio-serial",
  "-device virtconsole,chardev=shell",
  "-device virtio-rng-pci",
  "-serial stdio",
  "-nographic",
]);

/** Reads the words; throws ToolError for those without which there is no machine. */
export function parseDriverWords(argv: readonly string[]): DriverWords {
  const options = readOptions(argv);
  const valueOf = (name: string): string | undefined => options.find((option) => option.name === name)?.value;
  const monitors = options.filter(({ name }) => name === "-qmp" || name === "-monitor");
  const shell = options.find(({ name, value }) => name === "-chardev" && part(value, "id") === "shell");
  const taken = new Set([...monitors, shell]);
  const refused = options
    .filter((option) => !taken.has(option) && !["--switch", "--shared", "-no-reboot"].includes(option.name))
    .map(({ name, value }) => (value === undefined ? name : `${name} ${value}`))
    .filter((option) => !meantForLinux.has(option));
  return {
    switchSocket: wanted("--switch", valueOf("--switch")),
    shared: wanted("--shared", valueOf("--shared")),
    shell: wanted("-chardev socket,id=shell,path=", part(shell?.value, "path")),
    monitor: wanted("-monitor unix:", socketOf(valueOf("-monitor"))),
    qmp: socketOf(valueOf("-qmp")),
    monitors: monitors.flatMap(({ name, value }) => [name, value ?? ""]),
    endsAtRestart: options.some(({ name }) => name === "-no-reboot"),
    refused,
  };
}

interface Option {
  readonly name: string;
  readonly value: string | undefined;
}

/** QEMU's way: a word that begins with a dash is an option, and the next one its value unless it does, too. */
function readOptions(argv: readonly string[]): Option[] {
  const options: Option[] = [];
  for (let at = 0; at < argv.length; at++) {
    const name = argv[at] ?? "";
    const next = argv[at + 1];
    const value = next?.startsWith("-") === true ? undefined : next;
    if (value !== undefined) at += 1;
    options.push({ name, value });
  }
  return options;
}

/** Path of `unix:PATH,…`. */
function socketOf(value: string | undefined): string | undefined {
  return /^unix:([^,]+)/.exec(value ?? "")?.[1];
}

/** Value of one part of `socket,id=shell,path=…`. */
function part(value: string | undefined, key: string): string | undefined {
  return value
    ?.split(",")
    .find((each) => each.startsWith(`${key}=`))
    ?.slice(key.length + 1);
}

function wanted(option: string, value: string | undefined): string {
  if (value !== undefined && value !== "") return value;
  throw new ToolError(
    `${option} is missing: a machine of a NixOS test is started by the test's driver\n${usage}`,
    {
      exitCode: exitCodes.spec,
    },
  );
}
