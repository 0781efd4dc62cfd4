// The agent, which first writes down what random bytes and which time it gets: in the place of the agent in a controller under test.
import { randomBytes } from "node:crypto";
import { open, writeFile } from "node:fs/promises";

await using urandom = await open("/dev/urandom");
const { buffer } = await urandom.read(Buffer.alloc(32), 0, 32, null);
const seen = { urandom: buffer.toString("hex"), node: randomBytes(32).toString("hex"), clock: Date.now() };
await writeFile("/run/xchg/seen.json", JSON.stringify(seen));
await import("../../../src/agent/main.ts");
