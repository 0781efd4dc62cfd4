import { rm } from "node:fs/promises";
import { xchg } from "../contract/filenames.ts";
import { reasonOf, StepError } from "./step-error.ts";
import { unpackTar } from "./unpack-tar.ts";

/** Unpacks xchg/out.tar into xchg/out and removes the tar; throws StepError with step `collect`. */
export async function collectResult(folder: string): Promise<void> {
  const archive = `${folder}/${xchg.resultTar}`;
  try {
    await unpackTar(archive, `${folder}/${xchg.result}`);
  } catch (error) {
    throw new StepError("collect", `${xchg.resultTar}: ${reasonOf(error)}`, { cause: error });
  }
  await rm(archive);
}
