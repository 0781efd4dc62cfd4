import assert from "node:assert/strict";
import { test } from "node:test";
import type { Artifact } from "../../src/artifacts/artifact.ts";
import { renderController } from "../../src/artifacts/controller.ts";
import { controllerPorts, generated } from "../../src/contract/filenames.ts";
import { guest } from "../../src/contract/guest.ts";

const settings = {
  access: { user: "builder", password: "secret" },
  smbProtocol: "SMB3_00",
} as const;

test("the controller's folder has the module, Samba's settings and its account, the same every time", () => {
  const artifacts = renderController(settings);
  assert.deepEqual(
    artifacts.map(({ path }) => path),
    ["controller/module.nix", "controller/relay.sh", "controller/smb.conf", "controller/smbpasswd"],
  );
  assert.deepEqual(renderController(settings), artifacts);
});

test("the password is in no file but as its hash", () => {
  for (const { path, content } of renderController(settings)) {
    assert.ok(!content.toString().includes("secret"), path);
  }
});

test("the module has the plan's user and the controller's address as Nix literals", () => {
  const module = contentOf(generated.controllerModule);
  for (const literal of ['"builder"', '"192.168.0.2"', '"192.168.0.1"', "prefixLength = 24;"]) {
    assert.ok(module.includes(literal), literal);
  }
});

test("the relay listens at the ports that QEMU has, and leads to the guest's", () => {
  const relay = contentOf(generated.relayScript);
  const ports = [...relay.matchAll(/^ *(casement\.\w+)\) (\w+)=/gm)].map(([, name, what]) => [what, name]);
  assert.deepEqual(Object.fromEntries(ports), controllerPorts);
  assert.ok(relay.includes(`"$guest" ${guest.sshPort} `));
  assert.ok(relay.includes(`"$address" ${guest.smbPort} `));
});

test("the module takes the relay in from beside it, with all that the script wants set, and starts it when its ports are there", () => {
  const module = contentOf(generated.controllerModule);
  assert.match(module, /\$\{builtins\.readFile \.\/relay\.sh\}/);
  const before = module.slice(0, module.indexOf("builtins.readFile"));
  for (const name of ["busybox", "nc", "address", "guest"])
    assert.match(before, new RegExp(`^ +${name}=`, "m"), name);
  assert.ok(module.includes(`lastPort = "${controllerPorts.ssh}";`));
});

function contentOf(path: string): string {
  const found = renderController(settings).find((each: Artifact) => each.path === path);
  return String(found?.content);
}
