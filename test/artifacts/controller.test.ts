import assert from "node:assert/strict";
import { test } from "node:test";
import { renderController } from "../../src/artifacts/controller.ts";

const settings = {
  access: { user: "builder", password: "secret" },
  smbProtocol: "SMB3_00",
} as const;

test("the controller's folder has the module, Samba's settings and its account, the same every time", () => {
  const artifacts = renderController(settings);
  assert.deepEqual(
    artifacts.map(({ path }) => path),
    ["controller/module.nix", "controller/smb.conf", "controller/smbpasswd"],
  );
  assert.deepEqual(renderController(settings), artifacts);
});

test("the password is in no file but as its hash", () => {
  for (const { path, content } of renderController(settings)) {
    assert.ok(!content.toString().includes("secret"), path);
  }
});

test("the module has the plan's user and the controller's address as Nix literals", () => {
  const module = String(renderController(settings)[0]?.content);
  for (const literal of ['"builder"', '"192.168.0.2"', "prefixLength = 24;"]) {
    assert.ok(module.includes(literal), literal);
  }
});
