import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import ssh2, { type Connection, type ServerChannel } from "ssh2";
import type { AgentSettings } from "../../src/agent/agent-settings.ts";
import type { SessionLayout } from "../../src/agent/session-layout.ts";
import type { LoginParts } from "../../src/contract/agent.ts";
import { makeKeyPair } from "../../src/runtime/keys.ts";
import { makeTempFolder, type TempFolder } from "../support/temp-folder.ts";
import { type Ways, waysTo } from "./ways.ts";

/** Folders and stand-in programs of a guest, whichever SSH server is in front of it. */
export interface GuestFolders extends AsyncDisposable {
  readonly root: string;
  /** What an agent has to know of them; `settingsFor` adds the way to the guest. */
  readonly settings: Pick<AgentSettings, "xchg" | "layout">;
  /** The one output of most tests. */
  readonly outputs: { readonly out: string };
  /** Calls of `net`, one a line. */
  readonly netLog: string;
}

export const account = { user: "builder", password: "pass word'$1" } as const;

/** `net` and `cygpath` as far as a session uses them; `net` maps nothing, and knows user and password. */
const programs: Readonly<Record<string, string>> = {
  net: `#!/bin/sh
printf '%s\\n' "$*" >>"@root@/net.log"
[ ! -e "@root@/net-fails" ] || { printf 'System error 1219 has occurred.\\r\\n'; exit 2; }
[ "$1" = use ] || exit 1
[ "$3" = /delete ] && { [ ! -e "@root@/delete-fails" ]; exit; }
[ "$4" = "/user:${account.user}" ] && [ "$5" = '${account.password.replaceAll("'", `'\\''`)}' ] || { echo 'System error 86 has occurred.'; exit 2; }
printf 'The command completed successfully.\\r\\n'
`,
  cygpath: `#!/bin/sh
for path; do :; done
printf 'Z:%s\\n' "$path" | tr / '\\\\'
`,
  // mount -f -o binary WIN32 POSIX, for two that end alike: as Cygwin translates names, what is behind need not exist.
  mount: `#!/bin/sh
printf '%s\\n' "$*" >>"@root@/mount.log"
[ $# = 0 ] || [ "$1 $2 $3" = '-f -o binary' ] || exit 1
[ $# = 0 ] || ln -sfn "$(dirname "\${4#Z:}")" "$(dirname "$5")"
`,
  tasklist: `#!/bin/sh
printf '"System Idle Process","0","Services","0","8 K","Unknown","NT AUTHORITY\\\\SYSTEM","9:59:59","N/A"\\r\\n'
printf '"smss.exe","300","Services","0","1,000 K","Unknown","NT AUTHORITY\\\\SYSTEM","0:00:02","N/A"\\r\\n'
printf '"TiWorker.exe","1204","Services","0","91,000 K","Unknown","NT AUTHORITY\\\\SYSTEM","0:07:31","N/A"\\r\\n'
`,
};

/** Makes a guest's folders; `more` are further programs for its PATH. */
export async function makeGuestFolders(more: Readonly<Record<string, string>> = {}): Promise<GuestFolders> {
  const temp: TempFolder = await makeTempFolder();
  const root = temp.path;
  for (const folder of ["bin", "store/abc-hello", "xchg/run"])
    await mkdir(join(root, folder), { recursive: true });
  for (const [name, text] of Object.entries({ ...programs, ...more })) {
    await writeFile(join(root, "bin", name), text.replaceAll("@root@", root));
    await chmod(join(root, "bin", name), 0o755);
  }
  // What fstab does for a guest.
  await symlink("c", join(root, "mnt"));
  const layout: SessionLayout = {
    server: "192.168.0.2",
    path: `${root}/bin:/usr/bin:/bin`,
    store: `${root}/store`,
    xchg: `${root}/xchg`,
    xchgNative: `Z:${root.replaceAll("/", "\\")}\\xchg`,
    outputs: `${root}/outputs`,
    outputsNative: `Z:${root.replaceAll("/", "\\")}\\outputs`,
    work: `${root}/c/build`,
    workMount: `${root}/mnt/build`,
    commands: `${root}/commands`,
    desktop: `${root}/c/casement/desktop`,
  };
  return {
    root,
    outputs: { out: `${root}/nix/hash-out` },
    netLog: join(root, "net.log"),
    settings: { xchg: `${root}/xchg`, layout },
    [Symbol.asyncDispose]: () => temp[Symbol.asyncDispose](),
  };
}

/** An SSH server on loopback that speaks the real protocol and runs commands with this machine's bash. */
export interface Guest extends AsyncDisposable {
  readonly login: LoginParts;
  readonly ways: Ways;
  /** Breaks every connection, as a crash of the guest would. */
  dropConnections(): void;
}

/** What an agent has around it that serves this guest with these folders. */
export function settingsFor(
  { settings }: Pick<GuestFolders, "settings">,
  { ways }: Pick<Guest, "ways">,
): AgentSettings {
  return { ...settings, ...ways };
}

/** One key pair for all tests: making one takes longer than a login. */
export const hostKeys = await makeKeyPair("guest");

export async function startGuest(
  options: {
    readonly hostKeys?: { privateKey: string };
    /** First on the PATH of its logins. */
    readonly path?: string;
    /** The one that may log in, where it is another one than `account`. */
    readonly account?: { readonly user: string; readonly password: string };
  } = {},
): Promise<Guest> {
  const connections = new Set<Connection>();
  const commands = new Set<ChildProcess>();
  const known = options.account ?? account;
  const server = new ssh2.Server({ hostKeys: [(options.hostKeys ?? hostKeys).privateKey] }, (connection) => {
    connections.add(connection);
    withoutNagle(connection);
    connection.on("error", () => undefined);
    connection.on("close", () => connections.delete(connection));
    connection.on("authentication", (attempt) => {
      if (attempt.method !== "password") return attempt.reject(["password"]);
      if (attempt.username === known.user && attempt.password === known.password) return attempt.accept();
      return attempt.reject(["password"]);
    });
    connection.on("session", (accept) => {
      accept().on("exec", (accepted, _reject, { command }) => {
        const child = runCommand(accepted(), command, options.path);
        commands.add(child);
        child.once("exit", () => commands.delete(child));
      });
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server's address is one
  const { port } = server.address() as AddressInfo;
  const drop = (): void => {
    for (const connection of connections) connection.end();
  };
  return {
    login: { ...known, access: "cygwin", hostKey: hostKeys.publicKey, timeoutMs: 20_000 },
    ways: waysTo(port),
    dropConnections: drop,
    [Symbol.asyncDispose]: async () => {
      drop();
      // A session that nobody waited for goes on.
      await Promise.all([...commands].map(end));
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

/** A method that @types/ssh2 knows for clients only. */
function withoutNagle(connection: Connection & { setNoDelay?: (on: boolean) => unknown }): void {
  connection.setNoDelay?.(true);
}

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGKILL");
  await ended;
}

function runCommand(channel: ServerChannel, command: string, path: string | undefined): ChildProcess {
  const PATH = [path, process.env["PATH"]].filter((part) => part !== undefined).join(":");
  const child = spawn("/bin/bash", ["-c", command], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, PATH },
  });
  channel.on("error", () => undefined);
  child.stdin.on("error", () => undefined);
  channel.pipe(child.stdin);
  child.stdout.pipe(channel, { end: false });
  child.stderr.pipe(channel.stderr, { end: false });
  child.on("close", (code, signal) => {
    if (code === null) channel.exit((signal ?? "SIGKILL").replace(/^SIG/, ""), false, "");
    else channel.exit(code);
    channel.end();
  });
  return child;
}
