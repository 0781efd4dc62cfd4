import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { checkSession } from "../../src/agent/check-session.ts";
import { executeScript } from "../../src/agent/execute.ts";
import type { RequestOf } from "../../src/contract/agent.ts";
import { type CollectedReport, collectReport } from "./collected-report.ts";
import { type Guest, type GuestFolders, makeGuestFolders, settingsFor, startGuest } from "./guest.ts";
import { plainExecution } from "./plain-execution.ts";
import { unpacked } from "./unpacked.ts";

/** One that cmd can carry. */
const account = { user: "builder", password: "Pass-1" };

/**
 * What launch.cmd comes to in a guest with somebody at its console, and in one without: the script of a command runs in another
 * environment, and its code lies on the disk. desktop-files.test.ts has the batch files themselves.
 */
const cmd = `#!/bin/bash
run=@root@/xchg/run
[ "$1 $2" = "/d /c" ] && [[ $3 = *'\\run\\desktop\\launch.cmd' ]] || exit 99
mkdir -p @root@/c/casement/desktop
if [ -e @root@/nobody ]; then
  printf 'nothing started at the console within 60 s\\r\\nthe last result is 5\\r\\n' >"$run/desktop/error"
  exit 1
fi
if [ -e "$run/desktop/script.sh" ] && [ ! -e @root@/no-bash ]; then
  env -i PATH=/bin /bin/bash --noprofile --norc "$run/desktop/script.sh" </dev/null >>"$run/desktop/output" 2>&1
  code=$(tr -cd 0-9- <"$run/exit-code")
elif [ -e @root@/no-bash ]; then
  code=1
else
  [ -e @root@/no-drives ] || cp "$run/check-there" "$run/check-desktop"
  code=0
fi
printf '%s\\r\\n' "$code" >@root@/c/casement/desktop/ended
exit $((code & 255))
`;

const makeFolders = (): Promise<GuestFolders> => makeGuestFolders({ cmd, net: "#!/bin/sh\nexit 0\n" });

async function runScript(
  guest: Guest,
  folders: GuestFolders,
  script: string,
  changes: Partial<RequestOf<"execute">> = {},
): Promise<{ exitCode: number | null; report: CollectedReport }> {
  const report = collectReport();
  await writeFile(join(folders.settings.xchg, "run", changes.script ?? "user.sh"), script);
  const request: RequestOf<"execute"> = {
    type: "execute",
    ...guest.login,
    ...plainExecution,
    outputs: folders.outputs,
    desktopSeconds: 60,
    last: false,
    sessionTimeoutMs: 20_000,
    ...changes,
  };
  const running = executeScript(request, settingsFor(folders, guest), report);
  if (request.shell !== null) {
    report.type('casement-command\necho "again $?"\nexit\n');
    report.endTyping();
  }
  const { exitCode } = await running;
  return { exitCode, report };
}

test("a script at the desktop has its variables, folder and commands, and its output and result come back", async () => {
  await using folders = await makeFolders();
  await using guest = await startGuest({ account });
  const script = `echo "to stdout $greeting"; echo to stderr >&2; echo last
[ -z "$(cat)" ] && [ "$PWD" = ${folders.settings.layout.workMount} ] && cat "$textPath"
command -v screenshot native | sed 's|.*/||'
echo made >"$out/file"`;
  await writeFile(join(folders.settings.xchg, "run/text"), "");
  const { exitCode, report } = await runScript(guest, folders, script, {
    environment: { greeting: "it's $HOME", textPath: "/dev/null" },
  });
  assert.equal(exitCode, 0, report.stdout().toString());
  // Both streams in the order in which they were written.
  assert.equal(report.stdout().toString(), "to stdout it's $HOME\nto stderr\nlast\nscreenshot\nnative\n");
  assert.equal(report.stderr().length, 0);
  assert.equal(await readFile(join((await unpacked(folders)) ?? "", "hash-out/file"), "utf8"), "made\n");
  const mounts = await readFile(join(folders.root, "mount.log"), "utf8");
  assert.equal(mounts.split("hash-out").length - 1, 4, "source and target, in both sessions");
});

for (const code of [42, 255]) {
  test(`a script at the desktop that ends with ${code} ends the run with it, without a result`, async () => {
    await using folders = await makeFolders();
    await using guest = await startGuest({ account });
    const { exitCode } = await runScript(guest, folders, `echo x; exit ${code}`);
    assert.equal(exitCode, code);
    assert.equal(await unpacked(folders), undefined);
  });
}

test("what a script at the desktop has left comes back after a failure, where that is wanted", async () => {
  await using folders = await makeFolders();
  await using guest = await startGuest({ account });
  const { exitCode } = await runScript(guest, folders, "echo made >$out/file; exit 3", { collect: "always" });
  assert.equal(exitCode, 3);
  assert.equal(await readFile(join((await unpacked(folders)) ?? "", "hash-out/file"), "utf8"), "made\n");
});

test("a desktop where nobody is logged on is casement's own failure, and not the command's code", async () => {
  await using folders = await makeFolders();
  await using guest = await startGuest({ account });
  await writeFile(join(folders.root, "nobody"), "");
  await assert.rejects(runScript(guest, folders, "echo never"), {
    step: "desktop",
    message: "nothing started at the console within 60 s",
    observation: "the last result is 5",
  });
});

test("a command that never started at the desktop is casement's own failure, and not the code 1", async () => {
  await using folders = await makeFolders();
  await using guest = await startGuest({ account });
  await writeFile(join(folders.root, "no-bash"), "");
  await assert.rejects(runScript(guest, folders, "echo never"), {
    step: "desktop",
    message: "the session left no exit code",
  });
});

test("a shell is at the login, and its casement-command goes to the desktop", async () => {
  await using folders = await makeFolders();
  await using guest = await startGuest({ account });
  const { exitCode, report } = await runScript(guest, folders, "echo at the desktop; exit 7", {
    collect: "never",
    shell: { when: "after", terminal: null },
  });
  assert.equal(exitCode, 7);
  assert.equal(
    report
      .stdout()
      .toString()
      .match(/at the desktop\n/g)?.length,
    2,
  );
  assert.match(report.stdout().toString(), /again 7\n/);
  assert.match(
    report.stderr().toString(),
    /the command has ended with code 7; casement-command runs it again/,
  );
});

test("a password that a batch file cannot carry is refused before anything is sent", async () => {
  await using folders = await makeFolders();
  await using guest = await startGuest();
  await assert.rejects(runScript(guest, folders, ""), { step: "request", message: /^password: cmd cannot/ });
});

test("a session is checked at its desktop, too", async () => {
  await using folders = await makeFolders();
  await using guest = await startGuest({ account });
  const check = (): ReturnType<typeof checkSession> =>
    checkSession(
      { type: "check-session", ...guest.login, desktopSeconds: 60 },
      settingsFor(folders, guest),
      collectReport(),
    );
  assert.deepEqual(await check(), { exitCode: null });
  await writeFile(join(folders.root, "no-drives"), "");
  await assert.rejects(check(), {
    step: "desktop",
    message: /reading and writing through X: failed at the desktop/,
  });
  await writeFile(join(folders.root, "nobody"), "");
  await assert.rejects(check(), { step: "desktop", message: "nothing started at the console within 60 s" });
});
