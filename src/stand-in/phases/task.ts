import { runCommandLine } from "../machine/command-line.ts";
import { writeTaskRun } from "../machine/task-runs.ts";
import { findTask } from "../machine/tasks.ts";
import { createPrograms } from "../programs/table.ts";

/** One run of a task that somebody asked for; schtasks has written down that this process is it. */
export function playTask(name: string, environment: ReadonlyMap<string, string>): void {
  const task = findTask(name);
  if (task === undefined) return;
  const result = runCommandLine(task.run, {
    programs: createPrograms(),
    environment,
    cwd: "C:\\Windows\\System32",
    path: "C:\\Windows\\System32;C:\\Windows",
    user: task.user,
  });
  writeTaskRun(task, { pid: process.pid, result });
}
