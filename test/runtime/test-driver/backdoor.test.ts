import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, readlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { renderBackdoor } from "../../../src/runtime/test-driver/backdoor.ts";
import { makeTempFolder } from "../../support/temp-folder.ts";

const hosts = [
  { address: "192.168.0.10", name: "client" },
  { address: "192.168.0.11", name: "server.example" },
];

/** Runs the script as a session does, with these lines typed, on a machine without Windows. */
async function type(
  lines: readonly string[],
  options: { hosts?: typeof hosts; nc?: boolean; readOnly?: boolean } = {},
): Promise<{ folder: string; hostsFile: string; stdout: string; stderr: string; code: unknown }> {
  await using temp = await makeTempFolder();
  const folder = temp.path;
  const etc = join(folder, "drivers/etc");
  await mkdir(options.readOnly === true ? join(etc, "hosts") : etc, { recursive: true });
  await mkdir(join(folder, "bin"));
  const program = (name: string, body: string): Promise<void> =>
    writeFile(join(folder, "bin", name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  await program("cygpath", `[ "$*" = -S ] && echo '${folder}'`);
  await program("cmd", `printf 'cmd %s\\n' "$*"`);
  if (options.nc === true) await program("nc", "echo real nc $*");
  const script = join(folder, "backdoor.sh");
  const places = { xchg: join(folder, "xchg"), shared: join(folder, "shared") };
  await writeFile(script, renderBackdoor(options.hosts ?? [], places));
  // A machine's own nc is hidden, as Cygwin has none.
  const child = spawn(
    "/bin/bash",
    ["--noprofile", "--norc", "-eo", "pipefail", "-O", "inherit_errexit", script],
    { env: { PATH: `${join(folder, "bin")}:/bin:/usr/bin`, ...(options.nc === true ? {} : hidden) } },
  );
  const output = [text(child.stdout), text(child.stderr)] as const;
  child.stdin.end(`${lines.join("\n")}\n`);
  const code = await new Promise((resolve) => {
    child.once("close", resolve);
  });
  const [stdout, stderr] = await Promise.all(output);
  const hostsFile =
    options.readOnly === true ? "" : await readFile(join(etc, "hosts"), "utf8").catch(() => "");
  assert.equal(await readlink(places.shared), places.xchg);
  return { folder, hostsFile, stdout, stderr, code };
}

// `command -v nc` finds a program that this machine may have; one that it cannot find is what the script looks for.
const hidden = { "BASH_FUNC_command%%": '() { [ "$*" = "-v nc" ] && return 1; builtin command "$@"; }' };

test("greets the driver first, and runs what it types in one shell, whose standard output is the driver's alone", async () => {
  const { stdout, stderr, code } = await type([
    "timeout 900 bash -c 'set -euo pipefail; echo out; echo err >&2; exit 7' | (base64 -w 0; echo)",
    "echo ${PIPESTATUS[0]}",
    "kept=yes",
    'bash -c \'set -euo pipefail; printf "%s\\n" "two',
    "lines\"' | (base64 -w 0; echo)",
    "echo $kept in $PWD",
  ]);
  const [greeting, out, status, twoLines, kept] = stdout.split("\n");
  assert.equal(greeting, "Spawning backdoor root shell...");
  assert.equal(Buffer.from(out ?? "", "base64").toString(), "out\n");
  assert.equal(status, "7");
  assert.equal(Buffer.from(twoLines ?? "", "base64").toString(), "two\nlines\n");
  assert.equal(kept, "yes in /tmp");
  assert.equal(stderr, "err\n");
  assert.equal(code, 0, "the driver's end of input ends it");
});

test("a command that reads its input does not take what the driver types next", async () => {
  const { stdout } = await type(["bash -c 'cat; echo eof' | (base64 -w 0; echo)", "echo next"]);
  assert.deepEqual(stdout.split("\n").slice(1, 3), [Buffer.from("eof\n").toString("base64"), "next"]);
});

test("names the other nodes in Windows' hosts file, on lines of their own, and says so where it may not", async () => {
  assert.equal(
    (await type([], { hosts })).hostsFile,
    "\r\n192.168.0.10 client\r\n192.168.0.11 server.example\r\n",
  );
  assert.equal((await type([])).hostsFile, "");
  const refused = await type(["echo on"], { hosts, readOnly: true });
  assert.match(refused.stderr, /casement: the other nodes have no names here/);
  assert.match(refused.stdout, /^Spawning backdoor root shell...\non\n$/);
});

test("looks at ports as nc -z does where there is no nc, and leaves a real one alone", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
  const { port } = server.address() as AddressInfo;
  const look = (words: string): string => `bash -c 'set -euo pipefail; nc ${words}'; echo $?`;
  const open = await type([look(`-z 127.0.0.1 ${port}`), look("-z 127.0.0.1 1"), look("-l 1")]);
  server.close();
  assert.equal(open.stdout, "Spawning backdoor root shell...\n0\n1\n2\n");
  assert.match(open.stderr, /casement plays nc -z ADDRESS PORT only/);
  assert.match((await type([look("-z a 1")], { nc: true })).stdout, /\nreal nc -z a 1\n0\n$/);
});

test("poweroff and reboot are Windows' own, also inside of a command", async () => {
  const { stdout } = await type(["poweroff", "bash -c 'set -euo pipefail; reboot'"]);
  assert.deepEqual(stdout.split("\n").slice(1, 3), [
    "cmd /d /c %SystemRoot%\\System32\\shutdown.exe -s -t 0 -f",
    "cmd /d /c %SystemRoot%\\System32\\shutdown.exe -r -t 0 -f",
  ]);
});
