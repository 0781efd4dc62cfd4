import { guest } from "../contract/guest.ts";
import { InternalError } from "../errors.ts";

/** What may differ between the controller and a test of the same configuration. */
export interface SmbSettings {
  readonly user: string;
  /** The lowest dialect that is spoken: the best that the guest's release knows. */
  readonly protocol: "NT1" | "SMB2_10" | "SMB3_00";
  readonly port: number;
  /** Address with prefix, or an interface's name. */
  readonly interface: string;
  /** Folders shared as [nixstore] and [xchg]. */
  readonly store: string;
  readonly xchg: string;
  /** Samba's own files; nothing in it outlives the VM. */
  readonly state: string;
}

/** The controller's settings for a user and a lowest dialect. */
export function controllerSmbSettings(user: string, protocol: SmbSettings["protocol"]): SmbSettings {
  return {
    user,
    protocol,
    port: guest.smbPort,
    interface: `${guest.controllerAddress}/${guest.prefixLength}`,
    store: guest.mounts.store,
    xchg: "/run/xchg",
    state: "/run/samba",
  };
}

/** smb.conf of the controller, the same for the minimal and the NixOS one; the reasons stand in its comments. */
export function renderSmbConf(settings: SmbSettings): string {
  const { state } = settings;
  for (const value of Object.values(settings)) checkValue(String(value));
  return `# Written by casement. Authenticated SMB on one network that has the Windows VM and nothing else.
[global]
  server role = standalone server
  workgroup = CASEMENT
  netbios name = CONTROLLER
  disable netbios = yes
  smb ports = ${settings.port}
  interfaces = ${settings.interface}
  bind interfaces only = yes

${dialects[settings.protocol]}
  # No encryption: nobody is there to listen, and it costs time.
  server smb encrypt = off
  # There is no second way here, and no other server: a client that maps a drive need not ask for them.
  server multi channel support = no
  host msdfs = no
  map to guest = Never
  restrict anonymous = 2
  passdb backend = smbpasswd:${state}/smbpasswd

  # A client that caches would hold files back from the host, which reads xchg by another way. The store alone is cached: see below.
  oplocks = no
  level2 oplocks = no
  kernel oplocks = no
  durable handles = no
  kernel share modes = no
  kernel change notify = no
  # Nobody beside smbd locks anything in these folders: no request over 9p for each read and write.
  posix locking = no

  # The folders lie on 9p: no extended attributes, no ACLs. Modes carry what Windows has to see.
  store dos attributes = no
  ea support = no
  nt acl support = no

  load printers = no
  printing = bsd
  printcap name = /dev/null
  disable spoolss = yes
  smbd:backgroundqueue = no
  dns proxy = no

  log level = 1
  max log size = 0
  log file = ${state}/log.%m
  pid directory = ${state}
  lock directory = ${state}
  state directory = ${state}
  cache directory = ${state}
  private dir = ${state}
  ncalrpc dir = ${state}/ncalrpc

# Shared at the store's own path: Samba hides an absolute symlink that leaves the path of its share.
[${guest.shares.store}]
  path = ${settings.store}
  valid users = ${settings.user}
  # The files' owners are the host's; the only user of this server may read all that the host shows it.
  force user = root
  read only = yes
  # Nothing in it changes while somebody reads it. A client that may not cache asks for each piece that a program reads, one after the other.
  oplocks = yes
  level2 oplocks = yes
  # A program without x bit (a .dll, a .exe that was unpacked so) can be started, as on a Windows server.
  acl allow execute always = yes

[${guest.shares.xchg}]
  path = ${settings.xchg}
  valid users = ${settings.user}
  force user = root
  read only = no
  acl allow execute always = yes
  # Cygwin marks its symlinks with the SYSTEM attribute: kept in the group's x bit, which create mask lets through.
  map system = yes
  map archive = no
  map hidden = no
  create mask = 0755
  directory mask = 0755
`;
}

// SMB3 alone would mean 3.1.1, which Windows 8 and Server 2012 do not speak.
const signed = `  server signing = mandatory
  ntlm auth = ntlmv2-only`;
const dialects: Readonly<Record<SmbSettings["protocol"], string>> = {
  SMB3_00: `  # Windows 11 24H2 refuses guests and unsigned connections.
  server min protocol = SMB3_00
${signed}`,
  SMB2_10: `  # The best that Windows 7 and Server 2008 R2 speak.
  server min protocol = SMB2_10
${signed}`,
  NT1: `  # The only dialect of XP and Server 2003, which log in by NTLMv1 unless told otherwise (A57).
  server min protocol = NT1
  server signing = auto
  ntlm auth = ntlmv1-permitted
  # With them a guest could make symlinks in xchg, which the host would see as its own.
  smb1 unix extensions = no`,
};

/** One line of smbpasswd: NAME:UID:no LM hash:NT hash:flags:time of change. Needs a Unix user of that name and uid. */
export function renderSmbPasswd(user: string, hash: string): string {
  if (/[:\0\r\n]/.test(user) || user === "") {
    throw new InternalError(`smbpasswd: a user's name cannot be ${JSON.stringify(user)}`);
  }
  return `${user}:1000:${"X".repeat(32)}:${hash}:[U          ]:LCT-00000001:\n`;
}

/** smb.conf knows no quoting: a line break would begin a setting, % a substitution, a comma or blank another list item. */
function checkValue(value: string): void {
  if (!/^[A-Za-z0-9_./:@+-]+$/.test(value)) {
    throw new InternalError(
      `smb.conf: a value cannot be written, got ${JSON.stringify(value)}; allowed: letters, digits and _ . / : @ + -`,
    );
  }
}
