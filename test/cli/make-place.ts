import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeTempFolder } from "../support/temp-folder.ts";
import { type CliResult, runCli } from "./run-cli.ts";

/** A project's folder with a spec, gone when it is disposed of. */
export interface Place extends AsyncDisposable {
  readonly path: string;
  run(...args: string[]): CliResult;
}

/** Makes a folder with `casement.yaml` in it, in which `casement` can be run. */
export async function makePlace(text: string): Promise<Place> {
  const folder = await makeTempFolder();
  const path = join(folder.path, "project");
  await mkdir(path);
  await writeFile(join(path, "casement.yaml"), text);
  return {
    path,
    run: (...args) => runCli(path, args, join(folder.path, "cache")),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}
