import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../src/process/run.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

/** A file signed by GnuPG with a key of its own; the folder goes with the scope. */
export interface Signed extends AsyncDisposable {
  readonly folder: string;
  /** Path of the detached signature. */
  readonly signature: string;
  readonly fingerprint: string;
  readonly publicKey: Uint8Array;
  readonly armouredKey: Uint8Array;
}

/** A reason to skip on a laptop without GnuPG; false where there is one or CI wants all. */
export const skipWithoutGpg: string | false =
  process.env["CI"] !== "true" && spawnSync("gpg", ["--version"]).status !== 0
    ? "gpg is not installed"
    : false;

/** Makes a key of this algorithm and signs the text, or this file, with it. */
export async function signWith(
  algorithm: string,
  digest: string,
  text: string | Uint8Array,
): Promise<Signed> {
  const temp = await makeTempFolder();
  const home = join(temp.path, "home");
  mkdirSync(home, { mode: 0o700 });
  const env = { GNUPGHOME: home };
  const gpg = async (...args: string[]): Promise<string> =>
    (await run({ file: "gpg", args: ["--batch", "--quiet", "--yes", ...args], env })).stdout;
  await gpg(
    "--passphrase",
    "",
    "--quick-generate-key",
    "test <test@example.org>",
    algorithm,
    "sign",
    "never",
  );
  const file = join(temp.path, "file");
  writeFileSync(file, text);
  const signature = `${file}.sig`;
  await gpg("--digest-algo", digest, "--detach-sign", "--output", signature, file);
  await gpg("--export", "--output", join(temp.path, "key.gpg"));
  await gpg("--export", "--armor", "--output", join(temp.path, "key.asc"));
  const listing = await gpg("--list-keys", "--with-colons");
  return {
    folder: temp.path,
    signature,
    fingerprint: /^fpr:+([0-9A-F]{40}):/m.exec(listing)?.[1] ?? "",
    publicKey: readFileSync(join(temp.path, "key.gpg")),
    armouredKey: readFileSync(join(temp.path, "key.asc")),
    async [Symbol.asyncDispose]() {
      await run({ file: "gpgconf", args: ["--kill", "all"], env });
      await temp[Symbol.asyncDispose]();
    },
  };
}
