// The functions of nix/host-tools/lib.nix against what nixpkgs' manual says of them.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { evaluate, repository, skipWithoutNix } from "../nix/nix-tool.ts";

const file = join(repository, "nix/host-tools/lib.nix");

const rows: readonly (readonly [expression: string, want: unknown])[] = [
  ['escapeShellArg "plain/path-1.0"', "plain/path-1.0"],
  ['escapeShellArg "it\'s $HOME"', "'it'\\''s $HOME'"],
  ['escapeShellArgs [ "a b" "" "c" ]', "'a b' '' c"],
  ['makeBinPath [ "/a" "/b" ]', "/a/bin:/b/bin"],
  ['getExe\' { type = "derivation"; outPath = "/x"; } "tool"', "/x/bin/tool"],
  ['getExe { type = "derivation"; outPath = "/x"; name = "x-1"; meta.mainProgram = "run"; }', "/x/bin/run"],
  ['hasPrefix "ab" "abc"', true],
  ['hasSuffix "bc" "abc"', true],
  ['hasSuffix "abcd" "bcd"', false],
  ['hasInfix "a.c" "xabcx"', false],
  ['removePrefix "ab" "abc"', "c"],
  ['removeSuffix ".nix" "a.nix"', "a"],
  ['splitString "." "a.b..c"', ["a", "b", "", "c"]],
  ['toUpper "aé-z"', "Aé-Z"],
  ['fixedWidthString 4 "0" "7"', "0007"],
  ['trim "  a b \\n"', "a b"],
  ["recursiveUpdate { a.b = 1; a.c = 2; } { a.b = 3; d = 4; }", { a: { b: 3, c: 2 }, d: 4 }],
  ["filterAttrs (name: value: value > 1) { a = 1; b = 2; }", { b: 2 }],
  ["mapAttrsToList (name: value: name + toString value) { b = 2; a = 1; }", ["a1", "b2"]],
  ['genAttrs [ "a" "b" ] (name: name + "!")', { a: "a!", b: "b!" }],
  ["mapAttrs' (name: value: nameValuePair (name + name) value) { a = 1; }", { aa: 1 }],
  ['attrByPath [ "a" "b" ] 0 { a.b = 1; }', 1],
  ['attrByPath [ "a" "x" ] 0 { a.b = 1; }', 0],
  ['hasAttrByPath [ "a" "b" ] { a = 1; }', false],
  ['setAttrByPath [ "a" "b" ] 1', { a: { b: 1 } }],
  ["unique [ 3 1 3 2 1 ]", [3, 1, 2]],
  ["flatten [ 1 [ 2 [ 3 ] ] [ ] ]", [1, 2, 3]],
  ["take 2 [ 1 ]", [1]],
  ["drop 2 [ 1 2 3 ]", [3]],
  ["range 2 4", [2, 3, 4]],
  ["subtractLists [ 1 2 ] [ 1 2 3 ]", [3]],
  ["findFirst (x: x > 1) 0 [ 1 2 3 ]", 2],
  ['versionAtLeast "2.26.3" "2.24"', true],
  ['versionAtLeast "2.8" "2.24"', false],
  ['versionOlder "1.0pre1" "1.0"', true],
  ['strings.sanitizeDerivationName "a b/c.iso"', "a-b-c.iso"],
  ['strings.sanitizeDerivationName ".hidden"', "hidden"],
  ['strings.sanitizeDerivationName ""', "unknown"],
  ['throwIf false "no" 1', 1],
  ['(builtins.tryEval (throwIf true "no" 1)).success', false],
  ['getName "hello-1.2"', "hello"],
  ['getVersion "hello-1.2"', "1.2"],
  ["pipe 2 [ (x: x + 1) (x: x * 2) ]", 6],
  ['strings.concatStringsSep "-" (lists.unique [ "a" "a" ])', "a"],
  ["(callPackageWith { a = 1; b = 2; } ({ a, b ? 5, c ? 7 }: { sum = a + b + c; }) { c = 3; }).sum", 6],
  ["((callPackageWith { a = 1; } ({ a }: { v = a; }) { }).override { a = 4; }).v", 4],
  ["licenses.unfree.free", false],
];

test("each function gives what nixpkgs' gives", { skip: skipWithoutNix }, () => {
  const list = rows.map(([expression]) => `(${expression})`).join("\n");
  const got = evaluate(`with import ${file}; [ ${list} ]`);
  assert.ok(Array.isArray(got));
  for (const [index, [expression, want]] of rows.entries()) assert.deepEqual(got[index], want, expression);
});

test("a missing argument of a package is named", { skip: skipWithoutNix }, () => {
  assert.throws(
    () => evaluate(`with import ${file}; callPackageWith { } ({ libfoo, a ? 1 }: a) { }`),
    /no package of this name is in nix\/host-tools\/tools\.nix: libfoo/,
  );
});
