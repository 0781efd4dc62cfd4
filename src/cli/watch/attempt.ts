import { describeError } from "../report-error.ts";
import { resolveWanted, type WantedFolder } from "../wanted-folder.ts";

/** What a spec came to: the folder that it wants, or what is wrong, as a person should read it. Data that can go to another thread. */
export type Attempt =
  | { readonly wanted: WantedFolder; readonly fault?: undefined }
  | { readonly wanted?: undefined; readonly fault: string };

export interface AttemptRequest {
  readonly spec: string;
  readonly outDir: string;
  readonly generator: string;
}

/** Resolves a spec without ever throwing; `noteInput` is told every file that it names or imports. Writes nothing. */
export async function attempt(request: AttemptRequest, noteInput: (file: string) => void): Promise<Attempt> {
  try {
    return { wanted: await resolveWanted(request, request.generator, noteInput) };
  } catch (error) {
    return { fault: describeError(error).text };
  }
}
