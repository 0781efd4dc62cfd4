import { runProgram } from "./run-program.ts";

export interface Built {
  /** The first output's store path; empty when the build failed. */
  readonly path: string;
  readonly exitCode: number;
  readonly log: string;
}

/** `nix build -L` of one attribute of a flake, with the log on the screen as it comes. */
export async function nixBuild(options: {
  flake: string;
  link: string;
  options: readonly string[];
  mayFail?: boolean;
}): Promise<Built> {
  const { exitCode, stdout, log } = await runProgram(
    {
      file: "nix",
      args: [
        "build",
        "-L",
        "--out-link",
        options.link,
        "--print-out-paths",
        ...options.options,
        options.flake,
      ],
    },
    { mayFail: options.mayFail === true, hide: isAboutTheLock },
  );
  if (exitCode === 0 && !log.includes("building '")) {
    process.stdout.write("      | nothing to build: an earlier build is still in the store\n");
  }
  return { path: stdout.split("\n")[0] ?? "", exitCode, log };
}

/** Overridden inputs make Nix explain at every build that it leaves flake.lock alone. */
function isAboutTheLock(line: string): boolean {
  return /^warning: not writing modified lock file|^• (Added|Updated) input|^ {4}'(git\+file|path):|^ {4}follows /.test(
    line,
  );
}
