import { rmSync } from "node:fs";
import { loadState, stateFile, writeState } from "./files.ts";

/** What schtasks /create leaves. */
export interface Task {
  readonly name: string;
  /** The command line, as /tr has it. */
  readonly run: string;
  /** SYSTEM, or an account as it is spelled. */
  readonly user: string;
  /** onstart: at every start of the machine. once: at a time that passes unnoticed here, so only when it is asked for. */
  readonly schedule: "onstart" | "once";
  /** Runs where its user is logged on at the console, or not at all. */
  readonly interactive: boolean;
}

export function loadTasks(root = ""): Task[] {
  return loadState(stateFile("tasks.json", root), []);
}

/** The task of this name, compared without case and with or without the backslash in front. */
export function findTask(name: string, root = ""): Task | undefined {
  const plain = (text: string): string => text.replace(/^\\/, "").toLowerCase();
  return loadTasks(root).find((task) => plain(task.name) === plain(name));
}

/** Without tasks there is no file: a start of the machine then starts no Node. */
export function writeTasks(tasks: readonly Task[], root = ""): void {
  if (tasks.length === 0) rmSync(stateFile("tasks.json", root), { force: true });
  else writeState(stateFile("tasks.json", root), tasks);
}
