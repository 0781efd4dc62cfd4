import { answerFileName, bootstrap, generated } from "../contract/filenames.ts";
import { renderTemplate } from "../text/template.ts";
import { netmask } from "../unattend/netmask.ts";
import type { Artifact } from "./artifact.ts";
import type { BootstrapSettings } from "./bootstrap-settings.ts";
import { renderUserCommands } from "./user-commands.ts";

/**
 * The bootstrap medium less Cygwin's packages, drivers and the keys: the guest's scripts, the spec's own files and, at the
 * root, the answer file for firmware that shows no floppy. Batch files end their lines with CR LF (cmd loses labels
 * otherwise), shell scripts with LF, the spec's files are left as they are.
 */
export function renderBootstrap(settings: BootstrapSettings, answerFile: string): Artifact[] {
  const values = templateValues(settings);
  const script = (name: string, content: string): Artifact => ({
    path: `${generated.bootstrapFolder}/${bootstrap.scripts}/${name}`,
    content,
  });
  return [
    { path: `${generated.bootstrapFolder}/${answerFileName(settings.family)}`, content: answerFile },
    ...scripts
      // XP's Setup has no such hook.
      .filter((name) => settings.family !== "xp" || name !== "ErrorHandler.cmd")
      .filter((name) => settings.desktop || name !== "desktop.cmd")
      .filter((name) => !ofTheOther[settings.access.kind].has(name))
      .map((name) => script(name, withLineEnds(name, renderTemplate(`bootstrap/${name}.hbs`, values)))),
    ...(settings.firstLogon.length === 0
      ? []
      : [script("user-commands.cmd", renderUserCommands(settings.firstLogon))]),
    ...settings.files.map((file) => ({
      path: `${generated.bootstrapFolder}/${bootstrap.files}/${file.path}`,
      content: Buffer.from(file.base64, "base64"),
    })),
  ];
}

/** What the folder `casement` of the bootstrap medium holds; each has a template of its name. */
export const scripts = [
  "ErrorHandler.cmd",
  "beacon.cmd",
  "desktop.cmd",
  "first-logon.cmd",
  "fstab",
  "install-cygwin.cmd",
  "install-openssh.cmd",
  "install-sshd.cmd",
  "marker.txt",
  "quieten.cmd",
  "set-up-sshd.sh",
  "settle.cmd",
  "sshd_config",
  "start-up.cmd",
  "verify.cmd",
  "verify.sh",
] as const;

/** Scripts that a way in has no use for, because they are the other's. */
const ofTheOther: Readonly<Record<BootstrapSettings["access"]["kind"], ReadonlySet<string>>> = {
  cygwin: new Set(["install-openssh.cmd", "sshd_config"]),
  openssh: new Set(["fstab", "install-cygwin.cmd", "install-sshd.cmd", "set-up-sshd.sh", "verify.sh"]),
};

function templateValues(settings: BootstrapSettings): object {
  const { family, cygwin, network } = settings;
  return {
    ...settings.behaviour,
    desktop: settings.desktop,
    // Dialects of Windows' tools: XP and Server 2003 against all later ones.
    xp: family === "xp",
    openssh: settings.access.kind === "openssh",
    // From Windows 8 on, connections are named for what they are.
    connection: family === "xp" || family === "7" ? "Local Area Connection" : "Ethernet",
    user: settings.access.user,
    password: settings.access.password,
    accounts: settings.accounts,
    // What net makes is in Users already, and net calls it an error to say so twice.
    memberships: settings.accounts.flatMap(({ name, groups }) =>
      groups.filter((group) => group.toLowerCase() !== "users").map((group) => ({ group, name })),
    ),
    userCommands: settings.firstLogon.length > 0,
    service: cygwin.sshdService,
    // The OpenSSH of 2016 and its configuration script.
    oldSshd: cygwin.sshdService === "sshd",
    packages: cygwin.packages.join(","),
    cygwinArchitecture: cygwin.architecture,
    // Setup refuses Windows before 8.1 and all of 32 bits without an option, which the program for XP does not know.
    unsupportedByCygwin: family === "7" || (cygwin.architecture === "x86" && family !== "xp"),
    // getmac and the answer file write a MAC with hyphens.
    mac: network.mac.replaceAll(":", "-").toUpperCase(),
    address: network.address,
    netmask: netmask(network.prefixLength),
  };
}

function withLineEnds(name: string, text: string): string {
  return /\.(?:cmd|txt)$/.test(name) ? text.replaceAll("\n", "\r\n") : text;
}
