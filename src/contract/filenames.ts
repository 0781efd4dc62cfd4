/** Every file, folder and socket name that two parts of casement share; paths are relative to the folder that the name's group says. */

/** In the output folder of `casement generate`. */
export const generated = {
  defaultNix: "default.nix",
  machine: "machine.json",
  manifest: "casement.manifest.json",
  /** Written beside the spec by `casement lock`; generate copies it. */
  cygwinLock: "cygwin.lock.json",
  /** The list of the locked packages for Cygwin's setup; nix/cygwin.nix puts it into the folder of packages. */
  cygwinList: "cygwin/setup.ini",
  gitattributes: ".gitattributes",
  /** Laid out as on the floppy. */
  floppyFolder: "media/floppy",
  floppyImage: "media/floppy.img",
  /** Laid out as on the bootstrap ISO, less Cygwin's packages and the keys. */
  bootstrapFolder: "media/bootstrap",
  answerFile: "Autounattend.xml",
  /** The answer file of XP and Server 2003, in place of the other. */
  winntSif: "winnt.sif",
  smbConf: "controller/smb.conf",
  smbPasswd: "controller/smbpasswd",
  controllerModule: "controller/module.nix",
  relayScript: "controller/relay.sh",
} as const;

/** The answer file's name at the root of the media, by the release's family. */
export function answerFileName(family: string): string {
  return family === "xp" ? generated.winntSif : generated.answerFile;
}

/** On the bootstrap ISO. */
export const bootstrap = {
  volumeLabel: "CASEMENT",
  /** First-logon looks for it on every drive, because letters are not stable. */
  marker: "casement/marker.txt",
  scripts: "casement",
  cygwin: "cygwin",
  /** Win32-OpenSSH, where it is the way in and not Windows' own. */
  openssh: "openssh",
  /** The spec's own files (windows.files). */
  files: "files",
  /** Added inside the image derivation: host key pair and the user's public key. */
  keys: "keys",
  hostKey: "keys/ssh_host_ed25519_key",
  hostPublicKey: "keys/ssh_host_ed25519_key.pub",
  authorizedKeys: "keys/authorized_keys",
} as const;

/** In an image's output. */
export const image = {
  disk: "disk.qcow2",
  /** ImageRecord, see records.ts. Written last: its presence says that the image is whole. */
  record: "image.json",
  /** OVMF's variables as the installed system left them; UEFI only. */
  uefiVars: "uefi-vars.fd",
  userKey: "keys/user_ed25519",
  log: "log",
} as const;

/** In a snapshot's outputs: `out` holds all but the RAM, `ram` holds `ram` and its id. */
export const snapshot = {
  /** In `out`: symlink to the output `ram`, by which Nix keeps and copies both together. */
  ramLink: "ram",
  /** Overlay over the image's disk. */
  disk: "disk.qcow2",
  deviceState: "device-state",
  record: "snapshot.json",
  uefiVars: "uefi-vars.fd",
  log: "log",
  /** As large as the guest's memory, with holes where nothing is; runs map it. */
  ram: "ram",
  /** In its place where the layout is `packed`: the pages in use, as qcow2. */
  packedRam: "ram.qcow2",
  ramRecord: "ram.json",
} as const;

/** In the outputs of a frozen controller, beside what a snapshot has in them, too: device state, logs, and the RAM with its id. */
export const frozenController = { record: "controller.json" } as const;

/** In the exchange folder (xchg): X: in Windows, /tmp/xchg in Cygwin, /run/xchg in the controller. */
export const xchg = {
  /** The user's script, its environment and what the session needs. */
  run: "run",
  /** cmd's %errorlevel% or bash's status in decimal, written by the session. */
  exitCode: "run/exit-code",
  /** Files for passAsFile and structured attributes. */
  attributes: "run/attributes",
  /** The session's own commands; bash's are copied to the guest's disk. */
  commands: "run/commands",
  /** What a command at the desktop needs, says and leaves. */
  desktop: "run/desktop",
  /** Pictures of the screen that the command asks for. */
  screenshots: "run/screenshots",
  /** All outputs as one tar made by Cygwin's tar, each under its name in the store. */
  resultTar: "outputs.tar",
  /** The same until the session that packs it has ended. */
  resultTarPart: "outputs.tar.part",
} as const;

/** What stands in a file of xchg.screenshots: the request of the guest, then the host's answer (or `failed: REASON`). */
export const screenshotRequest = {
  wanted: "wanted",
  taken: "taken",
  name: /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/,
} as const;

/** In the output of a run that keeps a report (or, the same, evidence). */
export const report = {
  /** What the command printed. */
  log: "log",
  /** Its whole code in decimal; missing where its time was up. */
  exitCode: "exit-code",
  /** The screen at the end. */
  screenshot: "screenshot.png",
  /** Those that the command asked for, NAME.png. */
  screenshots: "screenshots",
  /** What it left as its outputs, each under its name. */
  outputs: "outputs",
  /** Everything that a failed stage shows: COM1, QMP's events, QEMU's words, the stage's own log. */
  details: "details",
} as const;

/** In the runtime's working folder; short, because a unix socket's path may have 107 bytes. */
export const work = {
  switchSocket: "vde",
  switchManagement: "vde.mgmt",
  windowsQmp: "win.qmp",
  windowsSerial: "win.com1",
  controllerQmp: "ctl.qmp",
  controllerWords: "ctl.words",
  controllerSsh: "ctl.ssh",
  /** VNC, in a debug session. */
  screen: "screen",
  xchg: "xchg",
  evidence: "evidence",
  /** The guest's memory, where it is packed in the snapshot: until then, and again in each run. */
  ram: "ram",
} as const;

/** In the evidence folder, beside what the machines leave there: what the command printed. */
export const commandLog = "command.log";

/** Beside it: where the stage's time went. */
export const timelineFiles = {
  /** Timeline, see timeline.ts. */
  json: "timeline.json",
  /** The same for people. */
  text: "timeline.txt",
} as const;

/** Longest path that fits sun_path with its NUL (unix(7)); longer ones are cut silently by vde_switch and Node. */
export const socketPathMaxBytes = 107;

/** Names of the controller's virtio-serial ports (/sys/class/virtio-ports/PORT/name): its words with the runtime, and the guest's SSH port. */
export const controllerPorts = { words: "casement.words", ssh: "casement.ssh" } as const;

/** 9p mount tags of the controller. */
export const tags = { store: "store", xchg: "xchg" } as const;
