#!/usr/bin/env node
// The command `casement`. Plain JavaScript on purpose: Node loads its TypeScript compiler (35 ms) for an entry point in
// TypeScript, and takes every later file from the compile cache that is switched on here.
import { enableCompileCache } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

// Below the user's own cache folder: in /tmp, Node's default, somebody else could have put code.
const cache = process.env.XDG_CACHE_HOME?.startsWith("/") ? process.env.XDG_CACHE_HOME : join(homedir(), ".cache");
enableCompileCache(join(cache, "casement", "node"));

await import("./main.ts");
