import { main } from "./run.ts";

process.exitCode = await main({ argv: process.argv.slice(2), env: process.env, cwd: process.cwd() });
