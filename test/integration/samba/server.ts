import { execFile, spawn } from "node:child_process";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { ntHash } from "../../../src/artifacts/nt-hash.ts";
import { renderSmbConf, renderSmbPasswd, type SmbSettings } from "../../../src/artifacts/smb-conf.ts";
import { until } from "../../../src/process/until.ts";
import { findProgram } from "../../support/external-tools.ts";
import { freePort } from "../../support/free-port.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

// A Unix account that every machine has: Samba looks its users up in passwd.
export const user = "nobody";
export const password = "Pass-word.1";

/** A running smbd with the controller's settings. */
export interface Samba extends AsyncDisposable {
  /** Holds the shares `store` and `xchg`, smb.conf and a `file` for clients to put. */
  readonly folder: string;
  /** Runs smbclient's commands on a share; logs in as the user unless the options name another. */
  client(share: string, commands: string, options?: readonly string[]): Promise<Answer>;
}

export interface Answer {
  readonly code: number;
  readonly text: string;
}

/** smbd changes users. */
export function notRoot(): string | false {
  return process.getuid?.() === 0 ? false : "smbd changes users, which needs root";
}

/** Starts smbd for guests that speak this dialect at best, on a free port of the loopback. */
export async function startSamba(protocol: SmbSettings["protocol"]): Promise<Samba> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await makeTempFolder()).path;
  const port = await freePort();
  await makeFolders(folder);
  const state = join(folder, "state");
  const file = join(folder, "smb.conf");
  const shares = { store: join(folder, "store"), xchg: join(folder, "xchg") };
  await writeFile(file, renderSmbConf({ user, protocol, port, interface: "lo", state, ...shares }));
  await writeFile(join(state, "smbpasswd"), renderSmbPasswd(user, ntHash(password)), { mode: 0o600 });
  const args = ["--foreground", "--no-process-group", "--debug-stdout", `--configfile=${file}`];
  // A process group of its own: smbd ends its helpers with it.
  const child = spawn(findProgram("smbd") ?? "smbd", args, {
    stdio: ["ignore", "ignore", "inherit"],
    detached: true,
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  stack.defer(async () => {
    process.kill(-(child.pid ?? 0), "SIGTERM");
    await ended;
  });
  await until({
    what: "smbd to listen",
    timeoutMs: 20_000,
    probe: async () => ((await takesConnection(port)) ? true : undefined),
  });
  const scope = stack.move();
  return {
    folder,
    client: (share, commands, options = []) => smbclient(folder, port, share, commands, options),
    [Symbol.asyncDispose]: () => scope.disposeAsync(),
  };
}

async function takesConnection(port: number): Promise<boolean> {
  const socket = connect({ host: "127.0.0.1", port });
  const taken = await new Promise<boolean>((resolve) => {
    socket.once("connect", () => resolve(true));
    socket.once("error", () => resolve(false));
  });
  socket.destroy();
  return taken;
}

async function smbclient(
  cwd: string,
  port: number,
  share: string,
  commands: string,
  options: readonly string[],
): Promise<Answer> {
  const login = options.includes("-U") ? [] : ["-U", `${user}%${password}`];
  const place = [`//127.0.0.1/${share}`, "-p", String(port), "-s", "/dev/null"];
  const args = [...place, ...login, ...options, "-c", commands];
  return new Promise((resolve) => {
    execFile("smbclient", args, { cwd, timeout: 30_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ code, text: `${stdout}${stderr}` });
    });
  });
}

async function makeFolders(root: string): Promise<void> {
  // The server's user need not be able to enter the test's folder, but force user = root does.
  await mkdir(join(root, "store/abc-hello"), { recursive: true });
  await mkdir(join(root, "xchg"));
  await mkdir(join(root, "state/ncalrpc"), { recursive: true });
  await writeFile(join(root, "file"), "content\n");
  await writeFile(join(root, "store/abc-hello/text"), "hello from the store\n");
  await chmod(join(root, "store/abc-hello/text"), 0o444);
  await symlink(join(root, "store/abc-hello/text"), join(root, "store/abc-hello/absolute"));
  await symlink("/etc/hostname", join(root, "store/abc-hello/outside"));
}
