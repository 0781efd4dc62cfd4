import { spawnDetached } from "../../process/attached.ts";
import { loadConsoleLogon } from "../machine/console.ts";
import { isTaskRunning, loadTaskRun, taskResults, writeTaskRun } from "../machine/task-runs.ts";
import type { Task } from "../machine/tasks.ts";
import { type Call, print } from "./program.ts";

/**
 * schtasks /run: starts the task and does not wait. It is "attempted": an interactive task whose user is not at the console
 * does not start, and only its last result tells.
 */
export function runTask(call: Call, task: Task, root: string): number {
  if (isTaskRunning(loadTaskRun(task, root)))
    print(call.handles.stdout, `INFO: scheduled task "${task.name}" is currently running.`);
  else if (task.interactive && loadConsoleLogon(root)?.user.toLowerCase() !== task.user.toLowerCase())
    writeTaskRun(task, { pid: 0, result: taskResults.notLoggedOn }, root);
  else {
    const kind = task.interactive ? "console" : "service";
    const command = { file: `${root}/stand-in/bin/run-task`, args: [kind, task.user, task.name] };
    writeTaskRun(task, { pid: spawnDetached(command), result: undefined }, root);
  }
  print(call.handles.stdout, `SUCCESS: Attempted to run the scheduled task "${task.name}".`);
  return 0;
}

/** schtasks /end: ends the task's programs, all of them. */
export function endTask(call: Call, task: Task, root: string): number {
  const run = loadTaskRun(task, root);
  if (!isTaskRunning(run)) {
    print(call.handles.stderr, "ERROR: There is no running instance of the task.");
    return 1;
  }
  process.kill(-run.pid, "SIGKILL");
  writeTaskRun(task, { pid: run.pid, result: taskResults.terminated }, root);
  print(call.handles.stdout, `SUCCESS: The scheduled task "${task.name}" has been terminated successfully.`);
  return 0;
}
