import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { ntHash } from "../../src/artifacts/nt-hash.ts";
import { renderSmbConf, renderSmbPasswd } from "../../src/artifacts/smb-conf.ts";
import { run } from "../../src/process/run.ts";
import { findProgram, skipWithout } from "../support/external-tools.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const user = "nobody";
const password = "Pass-word.1";
const client = join(import.meta.dirname, "samba/open.py");

// Samba's Python client takes no port: smbd gets a network of its own, where 445 is free. It ends its whole process group
// with itself, so it has one of its own too.
const server = `set -e
ip link set lo up
setsid "$1" --foreground --no-process-group --debug-stdout --configfile="$2" >"$2.log" 2>&1 &
smbd=$!
trap 'kill $smbd; wait' EXIT
shift 2
/usr/bin/python3 "$@"
`;

const asGenerated = (conf: string): string => conf;
const asUser = (conf: string): string => conf.replaceAll("force user = root", "");
const withoutOption = (conf: string): string =>
  conf.replaceAll("acl allow execute always = yes", "acl allow execute always = no");
const both = (conf: string): string => withoutOption(asUser(conf));

// smbd checks nothing for root, which is what the shares' `force user` makes of everybody: there the option is the second
// of two reasons. Without it as without root, a control shows that the client does ask what Windows asks.
for (const { title, change, share, mask, want } of [
  {
    title: "a store file without x bit can be opened for execution",
    change: asGenerated,
    share: "nixstore",
    mask: "20",
    want: "opened",
  },
  {
    title: "a file of xchg without x bit can be opened for execution",
    change: asGenerated,
    share: "xchg",
    mask: "20",
    want: "opened",
  },
  {
    title: "the option alone allows it too, where a share is not root's",
    change: asUser,
    share: "nixstore",
    mask: "20",
    want: "opened",
  },
  {
    title: "control: without root and option it is denied",
    change: both,
    share: "nixstore",
    mask: "20",
    want: "0xc0000022",
  },
  {
    title: "control: without root and option it can still be read",
    change: both,
    share: "nixstore",
    mask: "1",
    want: "opened",
  },
]) {
  test(title, {
    skip: skipWithout(["smbd", "unshare", "ip"]) || notRoot() || withoutBindings(),
    timeout: 60_000,
  }, async () => {
    await using temp = await makeTempFolder();
    const place = (name: string): string => join(temp.path, name);
    await chmod(temp.path, 0o755);
    for (const folder of ["nixstore", "xchg", "state/ncalrpc"])
      await mkdir(place(folder), { recursive: true });
    await writeFile(place(`${share}/program.exe`), "MZ", { mode: 0o444 });
    const conf = renderSmbConf({
      user,
      protocol: "SMB3_00",
      port: 445,
      interface: "lo",
      store: place("nixstore"),
      xchg: place("xchg"),
      state: place("state"),
    });
    await writeFile(place("smb.conf"), change(conf));
    await writeFile(place("state/smbpasswd"), renderSmbPasswd(user, ntHash(password)), { mode: 0o600 });
    const smbd = findProgram("smbd") ?? "smbd";
    const inside = ["--net", "bash", "-c", server, "server", smbd, place("smb.conf")];
    const ask = [client, user, password, share, "program.exe", mask];
    const { stdout } = await run({ file: "unshare", args: [...inside, ...ask] });
    assert.equal(stdout.trim(), want);
  });
}

function notRoot(): string | false {
  return process.getuid?.() === 0 ? false : "smbd changes users, which needs root";
}

function withoutBindings(): string | false {
  if (spawnSync("/usr/bin/python3", ["-c", "import samba"]).status === 0) return false;
  const reason =
    "needs Samba's Python client for /usr/bin/python3 (Debian: python3-samba; npm run setup installs it)";
  if (process.env["CI"] === "true") throw new Error(reason);
  return reason;
}
