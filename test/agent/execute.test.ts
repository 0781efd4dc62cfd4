import assert from "node:assert/strict";
import { lstat, mkdir, readdir, readFile, readlink, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { test } from "node:test";
import ssh2 from "ssh2";
import { executeScript } from "../../src/agent/execute.ts";
import type { StepError } from "../../src/agent/step-error.ts";
import type { RequestOf } from "../../src/contract/agent.ts";
import { serveScreenshots } from "../../src/runtime/screenshots.ts";
import { makeKeyPair } from "../../src/runtime/keys.ts";
import { type CollectedReport, collectReport } from "./collected-report.ts";
import { type Guest, type GuestFolders, makeGuestFolders, settingsFor, startGuest } from "./guest.ts";
import { plainExecution } from "./plain-execution.ts";
import { unpacked } from "./unpacked.ts";

type Changes = Partial<Omit<RequestOf<"execute">, "type">>;

async function runScript(
  guest: Guest,
  folders: GuestFolders,
  script: string,
  changes: Changes = {},
): Promise<{ exitCode: number | null; report: CollectedReport }> {
  const report = collectReport();
  await writeFile(join(folders.settings.xchg, "run", changes.script ?? "user.sh"), script);
  const request: RequestOf<"execute"> = {
    type: "execute",
    ...guest.login,
    ...plainExecution,
    outputs: folders.outputs,
    last: false,
    sessionTimeoutMs: 20_000,
    ...changes,
  };
  const { exitCode } = await executeScript(request, settingsFor(folders, guest), report);
  return { exitCode, report };
}

function failure(step: string, reason: RegExp, observation?: RegExp): (error: StepError) => true {
  return (error) => {
    assert.equal(error.step, step, error.message);
    assert.match(error.message, reason);
    if (observation) assert.match(error.observation ?? "", observation);
    return true;
  };
}

test("a script's output, exit code 0 and result come back, and the drives are gone", async () => {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  const script = `echo "to stdout $greeting"
echo to stderr >&2
[ -z "$(cat)" ] && echo no input
mkdir "$out/a folder"
echo text >"$out/a folder/ünïcode.txt"
printf '#!/bin/sh\\n' >"$out/tool"; chmod 755 "$out/tool"; chmod 500 "$out/a folder"
ln -s /nix/store/abc-hello/bin "$out/link"`;
  const greeting = `it's "$HOME" \`x\` \\ %PATH%\nsecond line`;
  const { exitCode, report } = await runScript(guest, folders, script, { environment: { greeting } });
  assert.equal(exitCode, 0);
  assert.equal(report.stdout().toString(), `to stdout ${greeting}\nno input\n`);
  assert.equal(report.stderr().toString(), "to stderr\n");
  assert.deepEqual(report.steps, [
    "banner",
    "key-exchange",
    "login",
    "prepare",
    "map-drives",
    "execute",
    "logout",
  ]);
  const out = join((await unpacked(folders)) ?? "", "hash-out");
  assert.equal(await readFile(join(out, "a folder/ünïcode.txt"), "utf8"), "text\n");
  assert.equal((await lstat(join(out, "tool"))).mode & 0o7777, 0o755);
  assert.equal((await lstat(join(out, "a folder"))).mode & 0o7777, 0o500);
  assert.equal(await readlink(join(out, "link")), "/nix/store/abc-hello/bin");
  const calls = (await readFile(folders.netLog, "utf8")).trim().split("\n");
  assert.deepEqual(
    calls.map((line) => line.split(" ").slice(0, 3).join(" ")),
    ["use S: \\\\192.168.0.2\\nixstore", "use X: \\\\192.168.0.2\\xchg", "use X: /delete", "use S: /delete"],
  );
  assert.ok(calls.slice(0, 2).every((line) => line.endsWith("/persistent:no")));
});

test("logs in while the shares are not there yet, and maps the drives when they are", async () => {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  await writeFile(join(folders.settings.xchg, "run/user.sh"), "true");
  const shares = Promise.withResolvers<void>();
  const report = collectReport();
  const talk = {
    ...report,
    step(name: string) {
      report.step(name);
      if (name !== "login") return;
      // The guest has to wait for them, too.
      setTimeout(() => {
        assert.deepEqual(report.steps, ["banner", "key-exchange", "login"]);
        shares.resolve();
      }, 300);
    },
  };
  const request: RequestOf<"execute"> = {
    type: "execute",
    ...guest.login,
    ...plainExecution,
    script: "user.sh",
    outputs: folders.outputs,
    last: false,
    sessionTimeoutMs: 20_000,
  };
  const settings = { ...settingsFor(folders, guest), shares: shares.promise };
  assert.deepEqual(await executeScript(request, settings, talk), { exitCode: 0 });
  assert.deepEqual(report.steps.slice(2, 5), ["login", "prepare", "map-drives"]);
});

test("the last session of a guest has ended with its command, and nobody waits for its drives", async () => {
  await using folders = await makeGuestFolders({
    net: '#!/bin/sh\n[ "$3" != /delete ] || sleep 30\n',
  });
  await using guest = await startGuest();
  const started = performance.now();
  const script = "echo casement-session; echo late >&2; printf unfinished; echo made >$out";
  const changes = { last: true, makeOutputs: false };
  const { exitCode, report } = await runScript(guest, folders, script, changes);
  assert.ok(performance.now() - started < 20_000);
  assert.equal(exitCode, 0);
  assert.equal(report.stdout().toString(), "casement-session\nunfinished");
  assert.equal(report.stderr().toString(), "late\n");
  assert.equal(await readFile(join((await unpacked(folders)) ?? "", "hash-out"), "utf8"), "made\n");
});

for (const [title, script, want] of [
  ["a code of its own", "exit 7", 7],
  ["128 + 15 where the whole session was ended", "kill -TERM $PPID $$", 143],
] as const) {
  test(`the last session of a guest ends with ${title}`, async () => {
    await using folders = await makeGuestFolders();
    await using guest = await startGuest();
    const { exitCode } = await runScript(guest, folders, script, { last: true });
    assert.equal(exitCode, want);
  });
}

test("what a command writes in the place of a session's reason is cut", async () => {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  const file = `${folders.settings.xchg}/run/session-error`;
  await assert.rejects(
    runScript(guest, folders, `head -c 100000 /dev/zero | tr '\\0' x >'${file}'`),
    failure("collect", /^x{4096}$/),
  );
});

for (const [title, script, want] of [
  ["42", "exit 42", 42],
  ["255", "exit 255", 255],
  ["the code of the command that errexit stopped at", "false\necho not reached", 1],
  ["the code of a failing part of a pipe", "(exit 7) | cat", 7],
  ["137 for a script that SIGKILL ended", "kill -KILL $$", 137],
  ["128 + 15 where the whole session was ended by SIGTERM", "kill -TERM $PPID $$", 143],
] as const) {
  test(`a bash script's exit code is ${title}`, async () => {
    await using folders = await makeGuestFolders();
    await using guest = await startGuest();
    const { exitCode, report } = await runScript(guest, folders, script);
    assert.equal(exitCode, want);
    assert.doesNotMatch(report.stdout().toString(), /not reached/);
    assert.equal(await unpacked(folders), undefined);
  });
}

for (const [written, want] of [
  ["0", 0],
  ["256", 256],
  ["3010", 3010],
  ["-1073741819", 0xc000_0005],
  ["4294967295", 0xffff_ffff],
] as const) {
  test(`a cmd script that leaves ${written} in %errorlevel% ends with ${want}`, async () => {
    // The integration test has a real cmd.exe here.
    await using folders = await makeGuestFolders({
      cmd: `#!/bin/sh\n[ "$1 $2" = "/d /c" ] && printf '%s\\r\\n' '${written}' >"@root@/xchg/run/exit-code"\nexit 0\n`,
    });
    await using guest = await startGuest();
    const { exitCode } = await runScript(guest, folders, "", { kind: "cmd", script: "user.cmd" });
    assert.equal(exitCode, want);
  });
}

test("a cmd that dies before it wrote a code is never a success", async () => {
  await using folders = await makeGuestFolders({ cmd: "#!/bin/sh\nexit 0\n" });
  await using guest = await startGuest();
  const { exitCode } = await runScript(guest, folders, "", { kind: "cmd", script: "user.cmd" });
  assert.equal(exitCode, 1);
});

test("each output is mounted at its store path, and comes back from there under its name", async () => {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  const outputs = { ...folders.outputs, dev: `${folders.root}/nix/hash-dev` };
  const script = `[ ! -e "$out" ] && [ ! -e "$dev" ]
mkdir $out; echo "prefix=$out" >$out/config
echo header >$dev`;
  const { exitCode, report } = await runScript(guest, folders, script, { outputs, makeOutputs: false });
  assert.equal(exitCode, 0, report.stderr().toString());
  const left = (await unpacked(folders)) ?? "";
  const read = (name: string): Promise<string> => readFile(join(left, name), "utf8");
  assert.equal(await read("hash-out/config"), `prefix=${outputs.out}\n`);
  assert.equal(await read("hash-dev"), "header\n");
  const mounts = (await readFile(join(folders.root, "mount.log"), "utf8")).split("\n");
  assert.ok(
    mounts.includes(`-f -o binary Z:${folders.root}/outputs/hash-dev ${outputs.dev}`),
    mounts.join("\n"),
  );
});

test("a native script finds its outputs where Windows sees them, and none is mounted", async () => {
  await using folders = await makeGuestFolders({
    cmd: `#!/bin/sh\nprintf '%s' "$out" >@root@/seen\nprintf 0 >"@root@/xchg/run/exit-code"\n`,
  });
  await using guest = await startGuest();
  await runScript(guest, folders, "", { kind: "cmd", script: "user.cmd" });
  assert.equal(
    await readFile(join(folders.root, "seen"), "utf8"),
    `${folders.settings.layout.outputsNative}\\hash-out`,
  );
  await assert.rejects(readFile(join(folders.root, "mount.log")), { code: "ENOENT" });
});

test("the session's commands are copied to the guest's disk once, and again where they are others", async () => {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  const own = join(folders.settings.layout.commands, "screenshot");
  const run = (): Promise<unknown> => runScript(guest, folders, "command -v screenshot >$out/where");
  await run();
  const where = await readFile(join((await unpacked(folders)) ?? "", "hash-out/where"), "utf8");
  assert.equal(where, `${own}\n`);
  const content = await readFile(own, "utf8");
  await writeFile(own, "kept");
  await run();
  assert.equal(await readFile(own, "utf8"), "kept");
  // As another version of them leaves it.
  const stamp = (await readdir(folders.settings.layout.commands)).find((name) => name.startsWith(".")) ?? "";
  await rename(join(own, "..", stamp), join(own, "../.0123456789abcdef"));
  await run();
  assert.equal(await readFile(own, "utf8"), content);
  assert.equal((await lstat(own)).mode & 0o777, 0o755);
});

test("a command starts in an empty folder, whatever an earlier one left there", async () => {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  const leave = "mkdir -p a/b '.c d' && touch a/b/x .y '.c d/z' ..e && ls -A | wc -l";
  for (let times = 0; times < 2; times += 1) {
    const { exitCode, report } = await runScript(guest, folders, leave);
    assert.deepEqual([exitCode, report.stdout().toString().trim()], [0, "4"]);
  }
  const { report } = await runScript(guest, folders, "ls -A; touch later; ls");
  assert.equal(report.stdout().toString(), "later\n");
});

test("what could not be prepared is told, and the command does not run", async () => {
  await using folders = await makeGuestFolders({ mkdir: "#!/bin/sh\nexit 1\n" });
  await using guest = await startGuest();
  await assert.rejects(
    runScript(guest, folders, "echo never"),
    failure("execute", /outputs and .*build could not be made$/),
  );
  await using others = await makeGuestFolders({ mount: "#!/bin/sh\necho no room; exit 1\n" });
  await assert.rejects(
    runScript(guest, others, "echo never"),
    failure("execute", /hash-out could not be mounted: no room$/),
  );
});

test("passAsFile and structured attributes are copies in the build folder, and Nix' variables name it", async () => {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  const attributes = join(folders.settings.xchg, "run/attributes");
  await mkdir(attributes, { recursive: true });
  await writeFile(join(attributes, "text"), "long\n");
  await writeFile(join(attributes, ".attrs.json"), "{}");
  await writeFile(join(attributes, ".attrs.sh"), "greeting=hello\n");
  const script = `cat "$textPath" "$NIX_ATTRS_JSON_FILE"; . "$NIX_ATTRS_SH_FILE"; echo " $greeting"
case $textPath in "$NIX_BUILD_TOP"/*) echo inside ;; esac
[ "$NIX_BUILD_TOP $TMPDIR $TEMPDIR $TMP $TEMP" = "$PWD $PWD $PWD $PWD $PWD" ] && echo same
[ "$PWD" = ${folders.settings.layout.workMount} ] && echo mounted`;
  const changes = { passAsFile: ["text"], structuredAttributes: true };
  const { exitCode, report } = await runScript(guest, folders, script, changes);
  assert.equal(exitCode, 0, report.stderr().toString());
  assert.equal(report.stdout().toString(), "long\n{} hello\ninside\nsame\nmounted\n");
});

for (const [collect, there] of [
  ["always", true],
  ["success", false],
] as const) {
  test(`what a failing command left ${there ? "comes back" : "stays"} where ${collect} is asked for`, async () => {
    await using folders = await makeGuestFolders();
    await using guest = await startGuest();
    const { exitCode } = await runScript(guest, folders, "echo part >$out/log; exit 9", { collect });
    assert.equal(exitCode, 9);
    const left = await unpacked(folders);
    assert.equal(left !== undefined, there);
    if (left !== undefined) assert.equal(await readFile(join(left, "hash-out/log"), "utf8"), "part\n");
  });
}

test("what others have put into a shared folder stays where a session has no outputs, and an earlier session's goes", async () => {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  const tar = join(folders.settings.xchg, "outputs.tar");
  await writeFile(tar, "theirs");
  await runScript(guest, folders, "exit 3", { collect: "never", outputs: {} });
  assert.equal(await readFile(tar, "utf8"), "theirs");
  await runScript(guest, folders, "exit 3", { collect: "never" });
  await assert.rejects(lstat(tar), { code: "ENOENT" });
});

test("a picture is asked for by a command of the session, which waits for the host's answer", async () => {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  const wanted = join(folders.settings.xchg, "run/screenshots");
  await mkdir(wanted, { recursive: true });
  await using service = await serveScreenshots(wanted, async (name) => {
    if (name === "bad") throw new Error("no screen");
  });
  const { exitCode, report } = await runScript(
    guest,
    folders,
    "screenshot first && echo taken; screenshot bad || echo $?; screenshot || echo $?",
  );
  assert.equal(exitCode, 0);
  assert.equal(report.stdout().toString(), "taken\n1\n2\n");
  assert.deepEqual(service.taken, ["first"]);
  assert.match(report.stderr().toString(), /^screenshot: no screen\nusage: screenshot NAME/);
});

/** Runs a script with a shell at which the lines are typed. */
async function atShell(
  when: "before" | "after" | "instead",
  script: string,
  lines: readonly string[],
): Promise<{ exitCode: number | null; said: string }> {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  await writeFile(join(folders.settings.xchg, "run/user.sh"), script);
  const report = collectReport();
  const shell = { when, terminal: null };
  const request: RequestOf<"execute"> = {
    type: "execute",
    ...guest.login,
    ...plainExecution,
    outputs: folders.outputs,
    environment: { greeting: "hello" },
    collect: "never",
    shell,
    last: false,
    sessionTimeoutMs: 20_000,
  };
  const running = executeScript(request, settingsFor(folders, guest), report);
  report.type(lines.join("\n"));
  report.endTyping();
  const { exitCode } = await running;
  return { exitCode, said: report.stdout().toString() + report.stderr().toString() };
}

test("a shell after the command has its variables and folder, and runs it again; the code is the command's", async () => {
  const lines = [
    "echo $greeting from $PWD",
    "casement-command",
    "echo again: $?",
    "ls -d $out",
    "exit 3",
    "echo never",
  ];
  const { exitCode, said } = await atShell("after", 'echo it runs; [ -z "$(cat)" ]; exit 9', lines);
  assert.equal(exitCode, 9);
  assert.match(said, /^it runs\nhello from \S+\/build\nit runs\nagain: 9\n\S+hash-out\n/);
  assert.match(
    said,
    /casement: the command has ended with code 9; casement-command runs it again, exit ends this shell/,
  );
  assert.doesNotMatch(said, /never/);
});

test("a shell before the command comes first, and what it does to the folder is there for the command", async () => {
  const { exitCode, said } = await atShell("before", "cat note; exit 4", ["echo a note >note", "echo first"]);
  assert.equal(exitCode, 4);
  assert.match(said, /^first\na note\n/);
  assert.match(said, /casement: the command has not run yet; casement-command runs it, exit ends this shell/);
});

test("5 MB of binary output arrive whole, and no faster than they are taken", async () => {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  const report = collectReport();
  let inFlight = 0;
  let most = 0;
  const slow = {
    ...report,
    output: async (stream: "stdout" | "stderr", data: Buffer): Promise<void> => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await delay(1);
      await report.output(stream, data);
      inFlight -= 1;
    },
  };
  const bytes = Buffer.alloc(5 * 1024 * 1024);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = (i * 7 + (i >> 8)) & 0xff;
  await writeFile(join(folders.settings.xchg, "run/data"), bytes);
  await writeFile(join(folders.settings.xchg, "run/user.sh"), 'cat "$CASEMENT_RUN/data"');
  const request = {
    type: "execute",
    ...guest.login,
    ...plainExecution,
    last: false,
    sessionTimeoutMs: 20_000,
  } as const;
  const done = await executeScript(request, settingsFor(folders, guest), slow);
  assert.equal(done.exitCode, 0);
  assert.ok(report.stdout().equals(bytes));
  assert.ok(most <= 2, `one chunk a stream at a time, got ${most}`);
});

test("another host key ends the request before a password is sent, and both keys are named", async () => {
  await using folders = await makeGuestFolders();
  const others = await makeKeyPair("others");
  await using guest = await startGuest({ hostKeys: others });
  const offered = others.publicKey.split(" ")[1] ?? "";
  await assert.rejects(runScript(guest, folders, ""), (error: StepError) => {
    assert.ok(error.message.includes(offered), error.message);
    return failure("host-key", /not the image's, got ssh-ed25519 .*expected ssh-ed25519 /)(error);
  });
});

test("a server without an ed25519 key is refused as a wrong host key", async () => {
  await using folders = await makeGuestFolders();
  const ecdsa = ssh2.utils.generateKeyPairSync("ecdsa", { bits: 256 });
  await using guest = await startGuest({ hostKeys: { privateKey: ecdsa.private } });
  await assert.rejects(runScript(guest, folders, ""), failure("host-key", /offers no ssh-ed25519 host key/));
});

test("a wrong password fails in the step login and names the user", async () => {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  await assert.rejects(
    runScript(guest, folders, "", { password: "wrong" }),
    failure("login", /user builder was refused/),
  );
});

test("a guest that does not listen fails in the step connect", async () => {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  await guest[Symbol.asyncDispose]();
  await assert.rejects(runScript(guest, folders, ""), failure("connect", /ECONNREFUSED/));
});

test("a drive that cannot be mapped fails in the step map-drives with what net use said", async () => {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  await writeFile(join(folders.root, "net-fails"), "");
  await assert.rejects(
    runScript(guest, folders, "echo never"),
    failure("map-drives", /could not be mapped/, /net use S: .*System error 1219/s),
  );
});

test("a connection that breaks during the command is a failure and not an exit code", async () => {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  const running = runScript(guest, folders, "echo up\nsleep 3");
  setTimeout(() => guest.dropConnections(), 700);
  await assert.rejects(running, failure("execute", /connection to the guest was lost after/));
});

test("a command that outlasts its deadline is a failure that says the deadline", async () => {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  await assert.rejects(
    runScript(guest, folders, "sleep 5", { sessionTimeoutMs: 800 }),
    failure("execute", /did not end within 800 ms/),
  );
});

test("a command may take longer than the login", async () => {
  await using folders = await makeGuestFolders();
  await using guest = await startGuest();
  const { exitCode, report } = await runScript(guest, folders, "sleep 1.5; echo done", { timeoutMs: 1000 });
  assert.deepEqual([exitCode, report.stdout().toString()], [0, "done\n"]);
});

test("a clock that cannot be set fails before the command runs", async () => {
  await using folders = await makeGuestFolders({
    date: "#!/bin/sh\n[ $# = 1 ] && echo 5 && exit 0\nexit 1\n",
  });
  await using guest = await startGuest();
  await assert.rejects(
    runScript(guest, folders, "echo never", { setClockEpochSeconds: 1_800_000_000 }),
    failure("execute", /clock could not be set to 1800000000/),
  );
});

test("a clock that is set reports the jump in both times", async () => {
  // Sets nothing: this machine's clock stays as it is.
  const date = `#!/bin/sh
case "$*" in
  +%s) if [ -e @root@/set ]; then echo 1800000000; else echo 1700000000; fi ;;
  "-u -s @1800000000") touch @root@/set ;;
  *) exec /bin/date "$@" ;;
esac
`;
  await using folders = await makeGuestFolders({ date });
  await using guest = await startGuest();
  const { report } = await runScript(guest, folders, ":", { setClockEpochSeconds: 1_800_000_000 });
  assert.equal(
    report.stderr().toString(),
    "casement: clock of the guest set from 2023-11-14T22:13:20Z to 2027-01-15T08:00:00Z, a jump of 100000000 s\n",
  );
});

for (const [title, changes, reason] of [
  ["a path", { script: "../user.sh" }, /not a plain file name/],
  ["a name of the session", { script: "session.cmd" }, /name of the session's own/],
  ["a missing file", { script: "missing.sh" }, /is not in xchg/],
  ["a cmd script without its extension", { kind: "cmd", script: "user.sh" }, /\.cmd or \.bat, got user\.sh/],
  [
    "a variable that is none",
    { environment: { "a b": "" } },
    /environment: not a variable's name, got "a b"/,
  ],
  ["an output that is no name", { outputs: { "a/b": "/x" } }, /outputs: not an output's name, got "a\/b"/],
  [
    "an output that is no path",
    { outputs: { out: "/nix/store/$x" } },
    /outputs\.out: not a store path, got "\/nix\/store\/\$x"/,
  ],
  [
    "a file's name that is no variable's",
    { passAsFile: ["../x"] as string[] },
    /passAsFile: not a variable's name/,
  ],
  ["a variable that hides cmd's", { environment: { ErrorLevel: "0" } }, /environment\.ErrorLevel/],
] as const) {
  test(`${title} is refused before anything is sent`, async () => {
    await using folders = await makeGuestFolders();
    await using guest = await startGuest();
    await writeFile(join(folders.settings.xchg, "run/user.sh"), "");
    const request: RequestOf<"execute"> = {
      type: "execute",
      ...guest.login,
      ...plainExecution,
      last: false,
      sessionTimeoutMs: 20_000,
      ...changes,
    };
    await assert.rejects(
      executeScript(request, settingsFor(folders, guest), collectReport()),
      failure("execute", reason),
    );
    await assert.rejects(lstat(folders.netLog), { code: "ENOENT" });
  });
}

test("a command in the shell's place reads what is typed, and its code is the session's", async () => {
  const { exitCode, said } = await atShell("instead", 'cat; echo "$greeting"; exit 5', ["typed", "lines"]);
  assert.equal(exitCode, 5);
  assert.equal(said, "typed\nlineshello\n");
});
