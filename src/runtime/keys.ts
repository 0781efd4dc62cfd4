import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { bootstrap } from "../contract/filenames.ts";

export interface KeyPair {
  /** OpenSSH's own format, as sshd and ssh read it. */
  readonly privateKey: string;
  /** One line, `ssh-ed25519 AAAA… comment`. */
  readonly publicKey: string;
}

/** A new ed25519 pair; not a secret, because whoever reads the store reads it (docs/decisions.md). */
export async function makeKeyPair(comment: string): Promise<KeyPair> {
  // Loaded where it is needed: a run makes no keys, and should not wait for ssh2.
  const { default: ssh2 } = await import("ssh2");
  const pair = ssh2.utils.generateKeyPairSync("ed25519", { comment });
  return { privateKey: pair.private, publicKey: pair.public.trim() };
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
