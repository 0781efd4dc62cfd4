#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { cacheFolder } from "./cache-folder.ts";

// Everything else is loaded after this line, so that its compiled form is kept for the next start.
enableCompileCache(cacheFolder(process.env, "node"));

const { main } = await import("./run.ts");
process.exitCode = await main({ argv: process.argv.slice(2), env: process.env, cwd: process.cwd() });
