#!/usr/bin/env node
// The command `casement`. Plain JavaScript on purpose: Node loads its TypeScript compiler (35 ms) for an entry point in
// TypeScript, and takes every later file from the compile cache that is switched on here.
import module from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

// An older Node would end with a syntax error in somebody else's words.
const oldest = 24;
if (Number.parseInt(process.versions.node, 10) < oldest) {
  process.stderr.write(
    `casement: needs Node ${oldest} or later, got ${process.versions.node}\n` +
      "  In a clone, `npm run setup` gets one, and `npm run --silent casement -- ARGS` takes it.\n",
  );
  process.exitCode = 71;
} else {
  // Below the user's own cache folder: in /tmp, Node's default, somebody else could have put code.
  const cache = process.env.XDG_CACHE_HOME?.startsWith("/") ? process.env.XDG_CACHE_HOME : join(homedir(), ".cache");
  module.enableCompileCache(join(cache, "casement", "node"));
  await import("./main.ts");
}
