import assert from "node:assert/strict";
import { test } from "node:test";
import { controllerSmbSettings, renderSmbConf, renderSmbPasswd } from "../../src/artifacts/smb-conf.ts";

/** Sections of smb.conf with their settings. */
function parseConf(text: string): Record<string, Record<string, string>> {
  const sections: Record<string, Record<string, string>> = {};
  let current: Record<string, string> = {};
  for (const line of text.split("\n")) {
    const name = /^\[(.+)\]$/.exec(line)?.[1];
    const [, key, value] = /^ {2}([^#=]+?) = (.+)$/.exec(line) ?? [];
    if (name !== undefined) current = sections[name] = {};
    else if (key !== undefined && value !== undefined) current[key] = value;
  }
  return sections;
}

test("the controller's Samba is authenticated, signed, SMB 3, and on its own network only", () => {
  const conf = parseConf(renderSmbConf(controllerSmbSettings("builder", "SMB3_00")));
  assert.deepEqual(Object.keys(conf), ["global", "nixstore", "xchg"]);
  const { global = {}, nixstore = {}, xchg = {} } = conf;
  assert.equal(global["server min protocol"], "SMB3_00");
  assert.equal(global["server signing"], "mandatory");
  assert.equal(global["map to guest"], "Never");
  assert.equal(global["interfaces"], "192.168.0.2/24");
  assert.equal(global["bind interfaces only"], "yes");
  assert.equal(nixstore["path"], "/nix/store");
  assert.equal(nixstore["read only"], "yes");
  assert.equal(xchg["path"], "/run/xchg");
  assert.equal(xchg["map system"], "yes");
  for (const share of [nixstore, xchg]) assert.equal(share["valid users"], "builder");
});

test("a client may cache the store, which does not change, and nothing of xchg, which the host reads and writes", () => {
  const {
    global = {},
    nixstore = {},
    xchg = {},
  } = parseConf(renderSmbConf(controllerSmbSettings("builder", "SMB3_00")));
  for (const setting of ["oplocks", "level2 oplocks"]) {
    assert.equal(global[setting], "no");
    assert.equal(nixstore[setting], "yes");
    assert.equal(xchg[setting], undefined);
  }
  // Off, it would take the leases of both shares away.
  assert.equal(global["smb2 leases"], undefined);
  assert.equal(global["posix locking"], "no");
});

for (const [protocol, signing, login] of [
  ["NT1", "auto", "ntlmv1-permitted"],
  ["SMB2_10", "mandatory", "ntlmv2-only"],
  ["SMB3_00", "mandatory", "ntlmv2-only"],
] as const) {
  test(`a guest that speaks ${protocol} at best is spoken to in it, with signing ${signing}`, () => {
    const { global = {} } = parseConf(renderSmbConf(controllerSmbSettings("builder", protocol)));
    assert.equal(global["server min protocol"], protocol);
    assert.equal(global["server signing"], signing);
    assert.equal(global["ntlm auth"], login);
  });
}

for (const user of ["a b", "a\nroot preexec = x", "%U", "a,b", ""]) {
  test(`a user named ${JSON.stringify(user)} is refused and not written`, () => {
    assert.throws(
      () => renderSmbConf(controllerSmbSettings(user, "SMB3_00")),
      /smb\.conf: a value cannot be written/,
    );
  });
}

test("an account's line has no LM hash and a name that cannot add a field", () => {
  const hash = "878D8014606CDA29677A44EFA1353FC7";
  assert.equal(
    renderSmbPasswd("nix", hash),
    `nix:1000:XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX:${hash}:[U          ]:LCT-00000001:\n`,
  );
  assert.throws(() => renderSmbPasswd("a:0", hash), /smbpasswd/);
});
