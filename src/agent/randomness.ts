import { generateKeyPairSync, randomBytes } from "node:crypto";
import { open } from "node:fs/promises";
import { promisify } from "node:util";

/**
 * What every generator of this process, and the kernel's, gives next, by name and in hexadecimal: no two revived controllers may show the same.
 */
export async function drawRandomness(): Promise<Readonly<Record<string, string>>> {
  await using urandom = await open("/dev/urandom");
  const { buffer } = await urandom.read(Buffer.alloc(32), 0, 32, null);
  const { publicKey } = generateKeyPairSync("x25519");
  return {
    kernel: buffer.toString("hex"),
    // OpenSSL has one generator for what is public and one for keys, and both for each thread.
    bytes: randomBytes(32).toString("hex"),
    keys: publicKey.export({ format: "der", type: "spki" }).toString("hex"),
    thread: (await promisify(randomBytes)(32)).toString("hex"),
  };
}
