// The package set made of a Debian machine's tools: it evaluates purely, it builds, and it means what nixpkgs means.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { evaluate, nix, nixOutput, repository } from "../nix/nix-tool.ts";

const hostTools = join(repository, ".tools/host-tools");
// Elsewhere the tools are nixpkgs' own, and there is nothing of ours to test.
const usesHostTools =
  existsSync(join(hostTools, "versions.json")) &&
  readFileSync(join(repository, ".tools/package-set"), "utf8").trim() === "host";
const skip =
  usesHostTools || process.env["CI"] === "true" ? false : "not set up: the package set host (npm run setup)";
const pkgs = `(import ${hostTools} { })`;

test("every tool leads to a program that is there", { skip }, () => {
  const isPackage = 'd: (builtins.tryEval (d.type or "")).value == "derivation"';
  const all = `builtins.filter (${isPackage}) (builtins.attrValues pkgs)`;
  const rest = "[ pkgs.pkgsStatic.busybox pkgs.linuxPackages.kernel pkgs.linuxPackages.kernel.dev ]";
  const paths = build(`let pkgs = ${pkgs}; in ${all} ++ ${rest}`);
  assert.ok(paths.length > 40);
});

test("evaluates purely as a flake, and shows it to nix flake commands", { skip }, () => {
  const drv = nixOutput(
    "eval",
    "--offline",
    "--raw",
    `path:${hostTools}#legacyPackages.x86_64-linux.qemu.drvPath`,
  );
  assert.match(drv, /^\/nix\/store\/.*-qemu-.*\.drv$/);
});

test("a tool's hash changes with its own Debian version and with no other", { skip }, (t) => {
  const copy = join(scratch(t), "host-tools");
  cpSync(hostTools, copy, { recursive: true });
  const file = join(copy, "versions.json");
  writeFileSync(file, readFileSync(file, "utf8").replace(/("qemu-system-x86": ")/, "$19:"));
  const both = (name: string) => [
    evaluate(`${pkgs}.${name}.drvPath`),
    evaluate(`(import ${copy} { }).${name}.drvPath`),
  ];
  const [qemu, otherQemu] = both("qemu");
  const [vde, otherVde] = both("vde2");
  assert.notEqual(qemu, otherQemu);
  assert.equal(vde, otherVde);
});

test("a build runs in a sandbox: another user, no network, and this machine's programs read-only", {
  skip,
}, () => {
  const out = buildOne(`${pkgs}.runCommand "probe" { nativeBuildInputs = [ ${pkgs}.iproute2 ]; } ''
    { id -u; ls /etc; ip -o link | wc -l; if touch /usr/probe 2>/dev/null; then echo writable; fi; } >$out
  ''`);
  const [uid, ...rest] = readFileSync(out, "utf8").trim().split("\n");
  assert.equal(uid, "1000");
  assert.ok(!rest.includes("ssl"), "the machine's certificates must not be mounted into builds");
  assert.equal(rest.at(-1), "1");
});

test("only what a derivation names is on PATH", { skip }, () => {
  const out = buildOne(`${pkgs}.runCommand "path" { } ''
    for program in ls sed git qemu-img; do command -v $program >/dev/null && echo $program; done >$out || true
  ''`);
  assert.equal(readFileSync(out, "utf8"), "ls\nsed\n");
});

test("QEMU runs guest code under TCG in a sandboxed build", { skip }, () => {
  // A boot sector: mov al,0x10; out 0xf4,al; hlt. isa-debug-exit turns 0x10 into exit code 33.
  const out = buildOne(`${pkgs}.runCommand "guest" { nativeBuildInputs = [ ${pkgs}.qemu ]; } ''
    { printf '\\xb0\\x10\\xe6\\xf4\\xf4'; head -c 505 /dev/zero; printf '\\x55\\xaa'; head -c 1474048 /dev/zero; } >boot.img
    code=0
    timeout 60 qemu-system-x86_64 -accel tcg -M pc-i440fx-10.0 -m 16 -nodefaults -display none -no-reboot \\
      -drive if=floppy,format=raw,readonly=on,file=boot.img -boot a -device isa-debug-exit,iobase=0xf4,iosize=4 || code=$?
    echo $code >$out
  ''`);
  assert.equal(readFileSync(out, "utf8"), "33\n");
});

test("vde_switch runs in a sandboxed build", { skip }, () => {
  const out = buildOne(`${pkgs}.runCommand "switch" { nativeBuildInputs = [ ${pkgs}.vde2 ]; } ''
    sleep 20 | vde_switch --dirmode 0700 -s $PWD/ctl >log 2>&1 &
    for _ in $(seq 100); do if [ -S ctl/ctl ]; then break; fi; sleep 0.05; done
    test -S ctl/ctl && echo ready >$out
    kill %1 || true
  ''`);
  assert.equal(readFileSync(out, "utf8"), "ready\n");
});

test("Node from the store runs where only /nix/store and /usr are mounted", { skip }, () => {
  const node = buildOne(`${pkgs}.nodejs_24`);
  const script = `
    root=$(mktemp -d)
    mkdir -p $root/nix/store $root/usr $root/proc
    mount --bind /nix/store $root/nix/store
    mount --bind /usr $root/usr
    for link in bin sbin lib lib64; do ln -s usr/$link $root/$link; done
    chroot $root ${node}/bin/node -p "2 ** 10"
    umount $root/nix/store $root/usr && rm -r $root`;
  const words = ["-m", "--propagation", "private", "bash", "-ec", script];
  assert.equal(execFileSync("unshare", words, { encoding: "utf8" }), "1024\n");
});

test("the kernel has the modules that the controller loads, with their dependencies listed", { skip }, () => {
  const kernel = buildOne(`${pkgs}.linuxPackages.kernel`);
  const dev = buildOne(`${pkgs}.linuxPackages.kernel.dev`);
  const version = String(evaluate(`${pkgs}.linuxPackages.kernel.modDirVersion`));
  assert.deepEqual(readdirSync(join(kernel, "lib/modules")), [version]);
  const dependencies = readFileSync(join(kernel, "lib/modules", version, "modules.dep"), "utf8");
  for (const name of [
    "virtio_pci",
    "9pnet_virtio",
    "9p",
    "e1000",
    "virtio_net",
    "virtio_console",
    "cifs",
    "floppy",
    "isofs",
    "vfat",
    "ext4",
  ]) {
    assert.match(dependencies, new RegExp(`/${name}\\.ko:`), name);
  }
  assert.equal(readFileSync(join(dev, "vmlinux")).subarray(1, 4).toString(), "ELF");
});

test("writers and joiners make the trees that nixpkgs' make", { skip }, () => {
  const script = buildOne(`${pkgs}.writeShellScript "say" "echo it's \${toString 1}"`);
  assert.match(readFileSync(script, "utf8"), /^#!\/nix\/store\/.*\/bin\/bash\necho it's 1\n\n?$/);
  const farm = buildOne(`${pkgs}.linkFarm "farm" { "a/b" = ${pkgs}.writeText "x" "in a/b"; }`);
  assert.equal(readFileSync(join(farm, "a/b"), "utf8"), "in a/b");
  const joined = buildOne(
    `${pkgs}.symlinkJoin { name = "joined"; paths = [ ${pkgs}.xz ${pkgs}.zstd ]; postBuild = "echo hi >$out/note"; }`,
  );
  assert.deepEqual(readdirSync(joined).sort(), ["bin", "note", "sbin"]);
  assert.ok(existsSync(join(joined, "bin/xz")) && existsSync(join(joined, "bin/zstd")));
});

test("mkDerivation knows structured attributes, several outputs, finalAttrs and overrideAttrs", {
  skip,
}, () => {
  const made = `(${pkgs}.stdenv.mkDerivation (final: {
    pname = "made"; version = "1"; outputs = [ "out" "ram" ]; __structuredAttrs = true; unsafeDiscardReferences.ram = true;
    env.WORD = "from env"; buildCommand = ''
      mkdir $out $ram
      echo "$WORD" >$out/word
      echo \${${pkgs}.bash} >$ram/reference
      echo 'int main(void) { return 0; }' >a.c; gcc a.c -o $out/program; $out/program
    '';
    passthru.twice = final.pname + final.pname;
  }))`;
  assert.equal(evaluate(`${made}.twice`), "mademade");
  assert.equal(evaluate(`(${made}.overrideAttrs (old: { version = old.version + ".1"; })).name`), "made-1.1");
  assert.equal(evaluate(`(${made}.overrideAttrs { pname = "other"; }).twice`), "otherother");
  assert.equal(readFileSync(join(buildOne(made), "word"), "utf8"), "from env\n");
  assert.equal(
    nixOutput("path-info", "-r", buildOne(`${made}.ram`))
      .trim()
      .split("\n").length,
    1,
  );
});

test("the phases of stdenv build a package with a makefile", { skip }, (t) => {
  const source = scratch(t);
  writeFileSync(
    join(source, "Makefile"),
    "all:\n\techo built > result\ninstall:\n\tmkdir -p $(prefix)\n\tcp result $(prefix)/result\n",
  );
  const out = buildOne(`${pkgs}.stdenv.mkDerivation {
    name = "phases"; src = ${source}; nativeBuildInputs = [ ${pkgs}.gnumake ];
    postPatch = "substituteInPlace Makefile --replace-fail built patched"; doCheck = false;
    preInstall = "echo before >>result"; postInstall = "echo after >>$out/result";
  }`);
  assert.equal(readFileSync(join(out, "result"), "utf8"), "patched\nbefore\nafter\n");
});

test("something that setup put into the store and that is gone says what to run", { skip }, (t) => {
  const copy = join(scratch(t), "host-tools");
  cpSync(hostTools, copy, { recursive: true });
  const file = join(copy, "versions.json");
  const gone = readFileSync(file, "utf8").replace(
    /("node": .*"hash": ")sha256-[^"]*/,
    `$1sha256-${"A".repeat(43)}=`,
  );
  writeFileSync(file, gone);
  const { exitCode, stderr } = nix(
    "build",
    "--impure",
    "--no-link",
    "-L",
    "--expr",
    `(import ${copy} { }).nodejs_24`,
  );
  assert.notEqual(exitCode, 0);
  assert.match(stderr, /not in the Nix store any more; run: npm run setup/);
});

test("says where the versions come from when it is imported from the source tree", { skip }, () => {
  const { stderr } = nix(
    "eval",
    "--impure",
    "--expr",
    `(import ${join(repository, "nix/host-tools")} { }).qemu.drvPath`,
  );
  assert.match(stderr, /run 'npm run setup' and import \.tools\/host-tools instead/);
});

function build(expression: string): string[] {
  return nixOutput("build", "--impure", "--no-link", "--print-out-paths", "--expr", expression)
    .trim()
    .split("\n");
}

function buildOne(expression: string): string {
  const [path, ...rest] = build(expression);
  assert.ok(path !== undefined && rest.length === 0);
  return path;
}

function scratch(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "casement-host-tools-"));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}
