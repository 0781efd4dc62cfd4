import { loadState, writeState } from "./files.ts";

/** Who is logged on at the machine's own screen, since it started. */
export interface ConsoleLogon {
  readonly user: string;
  readonly since: string;
}

export function loadConsoleLogon(root = ""): ConsoleLogon | undefined {
  return loadState<ConsoleLogon | undefined>(consoleFile(root), undefined);
}

/** There is one console, and nobody logs off from it before the machine restarts. */
export function logOnAtConsole(user: string, root = ""): void {
  writeState(consoleFile(root), { user, since: new Date().toISOString() } satisfies ConsoleLogon);
}

function consoleFile(root: string): string {
  return `${root}/run/console.json`;
}
