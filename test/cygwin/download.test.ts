import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { downloadFile } from "../../src/cygwin/download.ts";
import { ToolError } from "../../src/errors.ts";
import { makeTempFolder } from "../support/temp-folder.ts";
import { type ArchiveServer, etagOf, startArchive } from "./archive-server.ts";

const content = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7) % 251));
const fast = { pauseMs: 1 };

describe("downloadFile", () => {
  test("fetches a file, tells how far it is, and leaves nothing else", async () => {
    await using archive = await startArchive(new Map([["a/b", content]]));
    await using temp = await makeTempFolder();
    const file = join(temp.path, "new", "file");
    const seen: (readonly [number, number | undefined])[] = [];
    const isThere = await downloadFile(`${archive.url}/a/b`, file, {
      onProgress: (received, total) => seen.push([received, total]),
    });
    assert.equal(isThere, true);
    assert.deepEqual(readFileSync(file), content);
    assert.deepEqual(seen.at(-1), [content.length, content.length]);
    assert.equal(existsSync(`${file}.part`), false);
  });

  test("returns false for a file that is not there", async () => {
    await using archive = await startArchive(new Map());
    await using temp = await makeTempFolder();
    assert.equal(await downloadFile(`${archive.url}/a`, join(temp.path, "file")), false);
    assert.equal(archive.requests.length, 1);
  });

  test("goes on where a connection broke, if the file is still the same", async () => {
    await using archive = await startArchive(new Map([["a", content]]));
    await using temp = await makeTempFolder();
    const file = join(temp.path, "file");
    breakFirst(archive, file);
    assert.equal(await downloadFile(`${archive.url}/a`, file, fast), true);
    assert.deepEqual(readFileSync(file), content);
    assert.equal(archive.requests.length, 2);
    assert.match(archive.requests[1] ?? "", /^GET \/a bytes=\d+-$/);
  });

  test("starts again where the file has changed meanwhile", async () => {
    const files = new Map([["a", content]]);
    await using archive = await startArchive(files);
    await using temp = await makeTempFolder();
    const other = Buffer.alloc(123_456, 9);
    const file = join(temp.path, "file");
    breakFirst(archive, file, () => files.set("a", other));
    assert.equal(await downloadFile(`${archive.url}/a`, file, fast), true);
    assert.deepEqual(readFileSync(file), other);
  });

  test("takes up what an earlier call left, where the size is known", async () => {
    await using archive = await startArchive(new Map([["a", content]]));
    await using temp = await makeTempFolder();
    const file = join(temp.path, "file");
    writeFileSync(`${file}.part`, content.subarray(0, 1000));
    await downloadFile(`${archive.url}/a`, file, { ...fast, size: content.length });
    assert.deepEqual(readFileSync(file), content);
    assert.deepEqual(archive.requests, ["GET /a bytes=1000-"]);
  });

  test("drops a rest that is longer than the file", async () => {
    await using archive = await startArchive(new Map([["a", content]]));
    await using temp = await makeTempFolder();
    const file = join(temp.path, "file");
    writeFileSync(`${file}.part`, Buffer.alloc(content.length + 5));
    await downloadFile(`${archive.url}/a`, file, { ...fast, size: content.length });
    assert.deepEqual(readFileSync(file), content);
  });

  test("gives up on a server that falls silent, four times, and says for how long", async () => {
    await using archive = await startArchive(new Map([["a", content]]));
    await using temp = await makeTempFolder();
    archive.misbehave = (_, response) => {
      response.writeHead(200, { "content-length": 10 });
      response.write("abc");
      return true;
    };
    const address = `${archive.url}/a`;
    await assert.rejects(
      downloadFile(address, join(temp.path, "file"), { ...fast, idleMs: 300 }),
      (error) => {
        assert.ok(error instanceof ToolError);
        assert.equal(error.message, `${address}: could not be downloaded: nothing came for 0.3 s`);
        assert.match(error.hint ?? "", /Check the address/);
        return true;
      },
    );
    assert.equal(archive.requests.length, 4);
  });

  for (const [status, requests] of [
    [403, 1],
    [503, 4],
    [429, 4],
  ] as const) {
    test(`asks ${requests === 1 ? "once" : "four times"} of a server that answers ${status}`, async () => {
      await using archive = await startArchive(new Map());
      await using temp = await makeTempFolder();
      archive.misbehave = (_, response) => {
        response.writeHead(status).end();
        return true;
      };
      await assert.rejects(
        downloadFile(`${archive.url}/a`, join(temp.path, "file"), fast),
        new RegExp(`the server answered ${status}`),
      );
      assert.equal(archive.requests.length, requests);
    });
  }

  test("says that nobody answers", async () => {
    await using temp = await makeTempFolder();
    const gone = await startArchive(new Map());
    await gone[Symbol.asyncDispose]();
    await assert.rejects(downloadFile(`${gone.url}/a`, join(temp.path, "file"), fast), /ECONNREFUSED/);
  });
});

/** Sends the first 50 000 bytes of the first answer and cuts the connection when some of them are in the file. */
function breakFirst(archive: ArchiveServer, file: string, then: () => void = () => undefined): void {
  let isFirst = true;
  archive.misbehave = (_, response, found) => {
    if (!isFirst || found === undefined) return false;
    isFirst = false;
    response.writeHead(200, { "content-length": found.length, etag: etagOf(found) });
    response.write(found.subarray(0, 50_000), then);
    // Not before something has come: what is still on its way when a connection breaks is lost.
    const part = `${file}.part`;
    const watch = setInterval(() => {
      if (!existsSync(part) || statSync(part).size === 0) return;
      clearInterval(watch);
      response.destroy();
    }, 5);
    return true;
  };
}
