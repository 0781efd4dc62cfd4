import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { z } from "zod";
import { tags } from "../../src/contract/filenames.ts";
import { evaluate, nixOutput, repository } from "../nix/nix-tool.ts";
import { importNixpkgs, skipWithoutNixpkgs } from "../nix/nixpkgs.ts";
import { withoutHashesAndVersions } from "../nix/store-paths.ts";
import { assertGolden } from "../support/golden-text.ts";

// The controller as a NixOS system, by what a real NixOS makes of the generated module. It is evaluated and not booted.
const generated = join(repository, "test/golden/hello");
const goldenFolder = new URL("../nix/golden/nixos/", import.meta.url);

const systemSchema = z.object({
  drvPath: z.string(),
  append: z.string(),
  units: z.record(z.string(), z.string()),
  enabled: z.array(z.string()),
  smbConf: z.string(),
  fileSystems: z.record(z.string(), z.unknown()),
  kernelModules: z.array(z.string()),
  udevRules: z.string(),
  /** Its derivation. */
  relayScript: z.string(),
  warnings: z.array(z.string()),
  wantedBy: z.array(z.string()),
});

describe("the controller as a NixOS system", { skip: skipWithoutNixpkgs() }, () => {
  let system: z.infer<typeof systemSchema>;
  before(() => {
    system = systemSchema.parse(evaluate(describeController("[ ]")));
  });

  for (const unit of ["casement-smbd.service", "casement-relay.service", "casement-controller.target"]) {
    test(`has the unit ${unit}`, () => {
      assertGolden(
        new URL(unit, goldenFolder),
        withoutHashesAndVersions(withoutWhatNixosAdds(system.units[unit] ?? "")),
      );
    });
  }

  test("starts smbd with the rest", () => {
    assert.deepEqual(system.wantedBy, ["casement-controller.target"]);
  });

  test("has the very smb.conf that the minimal controller has", () => {
    assert.equal(system.smbConf, readFileSync(join(generated, "controller/smb.conf"), "utf8"));
  });

  test("mounts what the runtime exports, where Samba looks for it", () => {
    assertGolden(
      new URL("file-systems.json", goldenFolder),
      `${JSON.stringify(system.fileSystems, null, 2)}\n`,
    );
    assert.equal(z.object({ device: z.string() }).parse(system.fileSystems["/nix/store"]).device, tags.store);
  });

  test("has the drivers of QEMU's devices in its initrd", () => {
    for (const module of ["virtio_pci", "virtio_net", "9p", "9pnet_virtio", "virtio_console", "virtio_rng"]) {
      assert.ok(system.kernelModules.includes(module), `${module} of ${system.kernelModules.join(" ")}`);
    }
    for (const module of ["ahci", "nvme", "usbhid"]) {
      assert.ok(!system.kernelModules.includes(module), `${module} is of no use here`);
    }
  });

  test("starts the relay when the second of its ports is there", () => {
    assert.match(
      system.udevRules,
      /ATTR\{name\}=="casement\.ssh", TAG\+="systemd", ENV\{SYSTEMD_WANTS\}="casement-relay\.service"/,
    );
  });

  test("relays by the very script that the minimal controller has, and says ready when smbd answers", () => {
    const [derivation] = z
      .record(z.string(), z.object({ env: z.object({ text: z.string() }) }))
      .transform((found) => Object.values(found))
      .parse(JSON.parse(nixOutput("derivation", "show", system.relayScript)));
    const text = derivation?.env.text ?? "";
    const script = readFileSync(join(generated, "controller/relay.sh"), "utf8");
    const [before = "", after] = text.split(script);
    assert.match(
      before,
      /^busybox=\/nix\/store\/[^ /]+\/bin\/busybox\nnc=\/nix\/store\/[^ /]+\/bin\/nc\naddress=192\.168\.0\.2\nguest=192\.168\.0\.1\n$/,
    );
    assert.deepEqual(after?.trim().split("\n"), [
      "open_ports || exit 1",
      "relay &",
      "tell running",
      "until_smbd_answers",
      "tell ready",
      "answer",
    ]);
  });

  test("enables few units, and none of those that a controller has no use for", (context) => {
    const list = new URL("enabled-units.txt", goldenFolder);
    if (process.env["UPDATE_GOLDEN"] === "1") assertGolden(list, `${system.enabled.join("\n")}\n`);
    const recorded = readFileSync(list, "utf8").split("\n");
    const more = system.enabled.filter((unit) => !recorded.includes(unit));
    context.diagnostic(
      `${system.enabled.length} units; not in the recorded list: ${more.join(" ") || "none"}`,
    );
    assert.ok(system.enabled.length <= 60, `${system.enabled.length} units are enabled`);
    assert.ok(more.length <= 5, `not in the recorded list: ${more.join(" ")}`);
    const unwanted =
      /nmbd|winbind|samba|dhcp|timesync|sshd|nix-daemon|logrotate|nscd|network-online|fstrim|serial-getty@ttyS0/;
    assert.deepEqual(
      system.enabled.filter((unit) => unwanted.test(unit)),
      [],
    );
  });

  test("becomes what load takes, and evaluates without a warning", () => {
    assert.deepEqual(system.warnings, []);
    assert.match(system.drvPath, /-casement-controller-nixos\.drv$/);
    assert.match(system.append, /^init=\/nix\/store\/[^ ]+-nixos-system-controller-[^ ]+\/init /);
    const append = evaluate(`let pkgs = ${importNixpkgs()};
      casement = import ${repository} { inherit pkgs; toolPkgs = pkgs; };
      windows = import ${generated} {
        inherit pkgs casement;
        inherit (casement.lib.standIn { }) iso cygwin;
        controller = casement.lib.nixosController { dir = ${generated}; };
      };
    in windows.stageConfig.controller.append`);
    assert.equal(append, system.append);
  });

  test("takes modules of its owner", () => {
    const enabled = systemSchema.parse(
      evaluate(describeController("[ { services.openssh.enable = true; } ]")),
    ).enabled;
    assert.ok(enabled.includes("sshd.service") || enabled.includes("sshd.socket"), enabled.join(" "));
  });
});

/** A unit's text without the environment that each version of NixOS gives to all services, and without its links' section. */
function withoutWhatNixosAdds(unit: string): string {
  return unit
    .replaceAll(/^Environment="(PATH|LOCALE_ARCHIVE|TZDIR)=.*\n/gm, "")
    .replace(/\n\[Install\]\n[^[]*/, "")
    .trimEnd()
    .concat("\n");
}

/** Nix's description of the controller with further modules. */
function describeController(modules: string): string {
  return `let
    pkgs = ${importNixpkgs()};
    inherit (pkgs) lib;
    controller = (import ${repository} { toolPkgs = pkgs; }).lib.nixosController {
      dir = ${generated};
      modules = ${modules};
    };
    inherit (controller) config;
    enabled = lib.filterAttrs (_: unit: unit.enable) config.systemd.units;
  in {
    inherit (controller) drvPath append;
    inherit (config) warnings;
    inherit (config.systemd.services.casement-smbd) wantedBy;
    units = lib.mapAttrs (_: unit: unit.text) (lib.filterAttrs (name: _: lib.hasPrefix "casement" name) enabled);
    enabled = lib.attrNames enabled;
    smbConf = config.environment.etc."casement/smb.conf".text;
    fileSystems = lib.mapAttrs (_: each: {
      inherit (each) device fsType neededForBoot;
      options = lib.remove "x-initrd.mount" each.options;
    }) config.fileSystems;
    kernelModules = config.boot.initrd.availableKernelModules ++ config.boot.initrd.kernelModules;
    udevRules = config.services.udev.extraRules;
    relayScript = lib.findFirst (lib.hasInfix "casement-relay") "none" (
      lib.attrNames (builtins.getContext config.systemd.services.casement-relay.serviceConfig.ExecStart)
    );
  }`;
}
