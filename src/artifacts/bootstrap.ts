import { bootstrap, generated } from "../contract/filenames.ts";
import { renderTemplate } from "../text/template.ts";
import type { Artifact } from "./artifact.ts";
import type { BootstrapSettings } from "./bootstrap-settings.ts";

/**
 * The bootstrap medium less Cygwin's packages and the keys: the guest's scripts and, at the root, the answer file for
 * firmware that shows no floppy. Batch files end their lines with CR LF (cmd loses labels otherwise), the rest with LF.
 */
export function renderBootstrap(settings: BootstrapSettings, answerFile: string): Artifact[] {
  const values = {
    user: settings.access.user,
    password: settings.access.password,
    service: settings.sshdService,
    packages: settings.cygwinPackages.join(","),
    // getmac and the answer file write a MAC with hyphens.
    mac: settings.network.mac.replaceAll(":", "-").toUpperCase(),
    address: settings.network.address,
    netmask: netmask(settings.network.prefixLength),
  };
  return [
    { path: `${generated.bootstrapFolder}/${generated.answerFile}`, content: answerFile },
    ...scripts.map((name) => ({
      path: `${generated.bootstrapFolder}/${bootstrap.scripts}/${name}`,
      content: withLineEnds(name, renderTemplate(`bootstrap/${name}.hbs`, values)),
    })),
  ];
}

/** What the folder `casement` of the bootstrap medium holds; each has a template of its name. */
export const scripts = [
  "ErrorHandler.cmd",
  "beacon.cmd",
  "first-logon.cmd",
  "fstab",
  "install-cygwin.cmd",
  "install-sshd.cmd",
  "marker.txt",
  "quieten.cmd",
  "set-up-sshd.sh",
  "settle.cmd",
  "start-up.cmd",
  "verify.cmd",
  "verify.sh",
] as const;

function withLineEnds(name: string, text: string): string {
  return /\.(?:cmd|txt)$/.test(name) ? text.replaceAll("\n", "\r\n") : text;
}

function netmask(prefixLength: number): string {
  return [0, 8, 16, 24]
    .map((shift) => 256 - 2 ** (8 - Math.min(8, Math.max(0, prefixLength - shift))))
    .join(".");
}
