import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { bootstrap } from "../contract/filenames.ts";

export interface KeyPair {
  /** OpenSSH's own format, as sshd and ssh read it. */
  readonly privateKey: string;
  /** One line, `ssh-ed25519 AAAA… comment`. */
  readonly publicKey: string;
}

/** As ssh2 makes a pair, in OpenSSH's formats. */
type Generate = (comment: string) => { readonly private: string; readonly public: string };

/** Length of an ed25519 key blob, in bytes: two lengths, the name and 32 bytes of key (RFC 8709, section 4). */
const blobLength = 4 + "ssh-ed25519".length + 4 + 32;

/** A new ed25519 pair; not a secret, because whoever reads the store reads it (docs/decisions.md). */
export async function makeKeyPair(comment: string, generate?: Generate): Promise<KeyPair> {
  const make = generate ?? (await generateWithSsh2());
  for (;;) {
    const pair = make(comment);
    const blob = Buffer.from(pair.public.split(" ")[1] ?? "", "base64");
    // ssh2 1.17 strips leading zero bytes of the public key, so one pair of 256 is short in both files, and of no use.
    if (blob.length === blobLength) return { privateKey: pair.private, publicKey: pair.public.trim() };
  }
}

async function generateWithSsh2(): Promise<Generate> {
  // Loaded where it is needed, and this part of ssh2 alone: a run makes no keys, and should not wait for what does.
  const { default: keygen } = await import("ssh2/lib/keygen.js");
  return (comment) => keygen.generateKeyPairSync("ed25519", { comment });
}

/** Writes the folder `keys` of the bootstrap ISO: the guest's host key pair, and who may log in. */
export async function writeBootstrapKeys(
  folder: string,
  keys: { readonly host: KeyPair; readonly user: KeyPair },
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, basename(bootstrap.hostKey)), withNewline(keys.host.privateKey), {
    mode: 0o600,
  });
  await writeFile(join(folder, basename(bootstrap.hostPublicKey)), withNewline(keys.host.publicKey));
  await writeFile(join(folder, basename(bootstrap.authorizedKeys)), withNewline(keys.user.publicKey));
}

function withNewline(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}
