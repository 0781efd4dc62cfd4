import assert from "node:assert/strict";
import { test } from "node:test";
import { InternalError, ToolError } from "../../src/errors.ts";
import { reportError } from "../../src/cli/report-error.ts";

const rows: readonly { title: string; error: unknown; code: number; text: RegExp }[] = [
  {
    title: "no permission: the path, the reason, what to do",
    error: systemError("EACCES", "mkdir", "/a/b"),
    code: 71,
    text: /^casement: \/a\/b: permission denied \(EACCES, mkdir\)\nMake it yours/,
  },
  {
    title: "a full disk has its own code",
    error: systemError("ENOSPC", "write", "/a/b"),
    code: 74,
    text: /^casement: \/a\/b: no space left on the disk/,
  },
  {
    title: "a system error without words of ours keeps its own",
    error: systemError("EIO", "read", "/a"),
    code: 71,
    text: /^casement: EIO: i\/o, read '\/a'\n$/,
  },
  {
    title: "a tool's error ends with its hint",
    error: new ToolError("x: is missing", { hint: "Install x." }),
    code: 71,
    text: /^casement: x: is missing\nInstall x\.\n$/,
  },
  {
    title: "a fault of casement shows its stack",
    error: new InternalError("oops"),
    code: 70,
    text: /please report it[^]*oops\n {4}at /,
  },
];

for (const row of rows) {
  test(row.title, (context) => {
    const written: unknown[] = [];
    context.mock.method(process.stderr, "write", (text: unknown) => written.push(text) > 0);
    const code = reportError(row.error);
    context.mock.restoreAll();
    assert.equal(code, row.code);
    assert.match(written.join(""), row.text);
  });
}

function systemError(code: string, syscall: string, path: string): Error {
  return Object.assign(new Error(`${code}: i/o, ${syscall} '${path}'`), { code, syscall, path });
}
