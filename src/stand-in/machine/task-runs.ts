import { existsSync } from "node:fs";
import { loadState, writeState } from "./files.ts";
import type { Task } from "./tasks.ts";

/** A task's last run since the machine started. */
export interface TaskRun {
  /** Leads the process group of all that the task has started; 0 where nothing was. */
  readonly pid: number;
  /** Exit code or code of the task scheduler; undefined until the run ends. */
  readonly result: number | undefined;
}

/** What the task scheduler says in the place of an exit code (SCHED_S_… and one HRESULT). */
export const taskResults = {
  running: 0x41301,
  hasNotRun: 0x41303,
  terminated: 0x41306,
  /** ERROR_NOT_LOGGED_ON: an interactive task, and its user is not there. */
  notLoggedOn: 0x800704dd | 0,
} as const;

export function loadTaskRun(task: Task, root = ""): TaskRun | undefined {
  return loadState<TaskRun | undefined>(runFile(task, root), undefined);
}

export function writeTaskRun(task: Task, run: TaskRun, root = ""): void {
  writeState(runFile(task, root), run);
}

/** True while the task's first process is there. */
export function isTaskRunning(run: TaskRun | undefined): run is TaskRun {
  return run !== undefined && run.result === undefined && existsSync(`/proc/${run.pid}`);
}

/** What schtasks shows as the last result. */
export function lastResult(run: TaskRun | undefined): number {
  if (run === undefined) return taskResults.hasNotRun;
  if (run.result !== undefined) return run.result;
  return isTaskRunning(run) ? taskResults.running : taskResults.terminated;
}

function runFile(task: Task, root: string): string {
  return `${root}/run/tasks/${encodeURIComponent(task.name.toLowerCase())}.json`;
}
