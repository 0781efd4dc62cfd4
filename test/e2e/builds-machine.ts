import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../nix/nix-tool.ts";

/** The machine with a compiler of the README's example. The tests that build in one all use it, so that it is installed once. */
export const buildsSpec = readFileSync(join(repository, "examples/app/casement.yaml"), "utf8");
