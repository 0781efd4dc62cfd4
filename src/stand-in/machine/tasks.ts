import { rmSync } from "node:fs";
import { loadState, stateFile, writeState } from "./files.ts";

/** A start-up task: what schtasks /create /sc onstart leaves. */
export interface Task {
  readonly name: string;
  /** The command line, as /tr has it. */
  readonly run: string;
  readonly user: "SYSTEM";
}

export function loadTasks(root = ""): Task[] {
  return loadState(stateFile("tasks.json", root), []);
}

/** Without tasks there is no file: a start of the machine then starts no Node. */
export function writeTasks(tasks: readonly Task[], root = ""): void {
  if (tasks.length === 0) rmSync(stateFile("tasks.json", root), { force: true });
  else writeState(stateFile("tasks.json", root), tasks);
}
