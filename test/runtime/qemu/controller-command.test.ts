import { test } from "node:test";
import { buildControllerCommand } from "../../../src/runtime/qemu/controller-command.ts";
import { assertGolden } from "../../support/golden-text.ts";

test("the controller's command line is as recorded", () => {
  const { file, args } = buildControllerCommand({
    qemu: "/qemu",
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
    agent: "/w/agent",
    console: "/w/controller.log",
  });
  const text = [file, ...args].join("\n").replaceAll(/\n(?!-)/g, " ");
  assertGolden(new URL("./golden/controller.txt", import.meta.url), `${text}\n`);
});
