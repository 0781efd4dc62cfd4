import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import {
  chmod,
  link,
  lstat,
  mkdir,
  open,
  readFile,
  readlink,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { TarError } from "../../src/runtime/tar-entries.ts";
import { unpackTar } from "../../src/runtime/unpack-tar.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const run = promisify(execFile);

async function unpackFile(archive: string, folder: string): Promise<void> {
  await using file = await open(archive);
  await unpackTar(file, folder);
}

const deep = Array.from({ length: 12 }, (_, i) => `a folder with a long name, number ${i}`).join("/");

for (const format of ["gnu", "ustar", "pax"]) {
  test(`unpacks what GNU tar packs as ${format}: modes, times, links, long and odd names`, async () => {
    await using temp = await makeTempFolder();
    const from = join(temp.path, "from");
    const to = join(temp.path, "to");
    const folder = format === "ustar" ? "a folder" : deep;
    await mkdir(join(from, folder), { recursive: true });
    const big = Buffer.alloc(3_000_001, "casement ");
    await writeFile(join(from, folder, "ünï\ncode ' \"$x"), "text");
    await writeFile(join(from, "big"), big);
    await writeFile(join(from, "empty"), "");
    await writeFile(join(from, "tool"), "#!/bin/sh\n");
    await chmod(join(from, "tool"), 0o755);
    await link(join(from, "tool"), join(from, "ztool"));
    await symlink("/nix/store/x", join(from, "absolute"));
    await symlink("tool", join(from, "relative"));
    await chmod(join(from, folder), 0o555);
    await run("tar", [
      `--format=${format}`,
      "--mtime=@1700000000",
      "-cf",
      join(temp.path, "a.tar"),
      "-C",
      from,
      ".",
    ]);
    await unpackFile(join(temp.path, "a.tar"), to);
    await utimes(to, 1700000000, 1700000000);
    // tar itself compares names, contents, modes, times and link targets.
    const { stdout } = await run("tar", ["--compare", "-f", join(temp.path, "a.tar"), "-C", to]);
    assert.equal(stdout, "");
    assert.equal((await lstat(join(to, folder))).mode & 0o777, 0o555);
    assert.equal((await lstat(join(to, "tool"))).ino, (await lstat(join(to, "ztool"))).ino);
    assert.equal(await readlink(join(to, "absolute")), "/nix/store/x");
    assert.ok((await readFile(join(to, "big"))).equals(big));
    await chmod(join(to, folder), 0o755);
  });
}

test("the folder that is unpacked into keeps its own mode, whatever the archive says of it", async () => {
  await using temp = await makeTempFolder();
  const from = join(temp.path, "from");
  await mkdir(join(from, "out"), { recursive: true });
  await chmod(from, 0o2000);
  await run("tar", ["--mtime=@1700000000", "-cf", join(temp.path, "a.tar"), "-C", from, "."]);
  await mkdir(join(temp.path, "to"), { mode: 0o755 });
  await unpackFile(join(temp.path, "a.tar"), join(temp.path, "to"));
  const { mode, mtimeMs } = await stat(join(temp.path, "to"));
  assert.equal(mode & 0o7777, 0o755);
  assert.ok(mtimeMs > 1_700_000_000_000);
});

/** One ustar header with the right checksum. */
function header(name: string, type: string, options: { link?: string; size?: number } = {}): Buffer {
  const block = Buffer.alloc(512);
  block.write(name, 0);
  block.write("0000644\0", 100);
  block.write(`${(options.size ?? 0).toString(8).padStart(11, "0")}\0`, 124);
  block.write("00000000000\0        ", 136);
  block.write(type, 156);
  block.write(options.link ?? "", 157);
  block.write("ustar\x0000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

const damaged = header("file", "0");
damaged[0] = 0x7a;

for (const [title, blocks, message] of [
  [
    "an absolute path",
    [header("/etc/passwd", "0")],
    /"\/etc\/passwd": a path in a result has to be relative/,
  ],
  ["a path with ..", [header("a/../../b", "0")], /"a\/\.\.\/\.\.\/b": leaves the result's folder/],
  [
    "a file below a symlink of the archive",
    [header("escape", "2", { link: "/tmp" }), header("escape/file", "0")],
    /"escape\/file": lies below a link/,
  ],
  [
    "a file in the place of a symlink of the archive",
    [header("escape", "2", { link: "../outside" }), header("escape", "0")],
    /"escape": could not be unpacked/,
  ],
  [
    "a hard link to the outside",
    [header("x", "1", { link: "/etc/passwd" })],
    /"x" \(link to "\/etc\/passwd"\)/,
  ],
  [
    "a hard link through a symlink",
    [header("s", "2", { link: "/etc" }), header("x", "1", { link: "s/passwd" })],
    /lies below a link/,
  ],
  ["a device node", [header("null", "3")], /"null": is not a file, folder or link, got tar type "3"/],
  ["a fifo", [header("pipe", "6")], /got tar type "6"/],
  ["a wrong checksum", [damaged], /damaged: a header's checksum is wrong/],
  ["an archive that is cut off", [header("file", "0", { size: 600 }), Buffer.alloc(512)], /cut off after/],
  ["an archive without its end", [header("file", "0")], /cut off after 512 bytes/],
] as const) {
  test(`refuses ${title}`, async () => {
    await using temp = await makeTempFolder();
    const archive = join(temp.path, "a.tar");
    const end = title.startsWith("an archive") ? [] : [Buffer.alloc(1024)];
    await writeFile(archive, Buffer.concat([...blocks, ...end]));
    await assert.rejects(unpackFile(archive, join(temp.path, "to")), (error) => {
      assert.ok(error instanceof TarError);
      assert.match(error.message, message);
      return true;
    });
    await assert.rejects(lstat(join(temp.path, "outside")), { code: "ENOENT" });
  });
}
