import { test } from "node:test";
import { buildControllerCommand, type ControllerRole } from "../../../src/runtime/qemu/controller-command.ts";
import { assertGolden } from "../../support/golden-text.ts";

const roles: readonly ControllerRole[] = [
  { kind: "boot" },
  { kind: "freeze", ram: "/w/ram" },
  { kind: "revive", ram: "/w/ram" },
];

for (const role of roles)
  test(`the controller's command line is as recorded: ${role.kind}`, () => {
    const { file, args } = buildControllerCommand({
      qemu: "/qemu",
      role,
      controller: {
        mac: "52:54:00:12:34:02",
        memoryMiB: 512,
        machineType: "pc-i440fx-10.0",
        kernel: "/vmlinux",
        initrd: "/initrd",
        append: "casement.debug",
        exports: [
          { tag: "store", path: "/nix/store" },
          { tag: "usr", path: "/usr" },
        ],
      },
      accelerator: "tcg",
      rtcBase: "2026-01-01T00:00:00",
      switchSocket: "/w/vde",
      xchg: "/w/xchg",
      qmp: "/w/ctl.qmp",
      words: "/w/ctl.words",
      ssh: "/w/ctl.ssh",
      console: "/w/controller.log",
    });
    const text = [file, ...args].join("\n").replaceAll(/\n(?!-)/g, " ");
    assertGolden(new URL(`./golden/controller-${role.kind}.txt`, import.meta.url), `${text}\n`);
  });
