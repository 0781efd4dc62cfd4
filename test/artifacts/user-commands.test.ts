import assert from "node:assert/strict";
import { test } from "node:test";
import { renderUserCommands } from "../../src/artifacts/user-commands.ts";
import { UnrepresentableError } from "../../src/text/unrepresentable.ts";
import { hostileStrings } from "../text/hostile.ts";

test("each command stands on a line of its own as it was written, with its number before and a check behind it", () => {
  const commands = ['echo %PATH% "100%" & ver', "copy a b || exit /b 3"];
  const lines = renderUserCommands(commands).split("\r\n");
  for (const [index, command] of commands.entries()) {
    const at = lines.indexOf(command);
    assert.equal(lines[at - 1], `call :casement-begin ${index}`);
    assert.equal(lines[at + 1], 'if not "%errorlevel%"=="0" goto casement-failed');
  }
  assert.equal(lines.at(-1), "");
});

test("a hostile command stands there as that very line, or is refused", () => {
  for (const command of hostileStrings) {
    let text: string;
    try {
      text = renderUserCommands([command]);
    } catch (error) {
      assert.ok(error instanceof UnrepresentableError, String(error));
      assert.match(command, /[^ -~]|\^$/);
      continue;
    }
    assert.ok(text.split("\r\n").includes(command), command);
  }
});

test("a line that would take its check along is refused", () => {
  assert.throws(() => renderUserCommands(["echo a ^"]), /U\+005E '\^' at position 7/);
});
