import { hostname } from "node:os";
import { isTaskRunning, lastResult, loadTaskRun } from "../machine/task-runs.ts";
import { findTask, loadTasks, type Task } from "../machine/tasks.ts";
import { type Call, print } from "./program.ts";

/** schtasks /query [/tn NAME] [/fo TABLE|LIST|CSV] [/nh] [/v]: the real columns, as far as the stand-in has something to say in them. */
export function queryTasks(call: Call, options: ReadonlyMap<string, string>, root: string): number {
  const format = (options.get("/fo") ?? "table").toLowerCase();
  if (!["table", "list", "csv"].includes(format)) return fail(call, `Invalid syntax. /fo ${format}.`);
  if (options.has("/v") && format === "table")
    return fail(call, "Invalid syntax. /v is played by the stand-in with /fo list and csv only.");
  if (options.has("/nh") && format === "list")
    return fail(call, "Invalid syntax. /nh goes with /fo table and csv.");
  const name = options.get("/tn");
  const found = name === undefined ? undefined : findTask(name, root);
  if (name !== undefined && found === undefined)
    return fail(call, "The system cannot find the file specified.");
  const tasks = found === undefined ? loadTasks(root) : [found];
  if (format === "list") for (const task of tasks) printList(call, task, options.has("/v"), root);
  else if (format === "csv") printCsv(call, tasks, options, root);
  else printTable(call, tasks, options.has("/nh"), root);
  return 0;
}

function status(task: Task, root: string): string {
  return isTaskRunning(loadTaskRun(task, root)) ? "Running" : "Ready";
}

function path(task: Task): string {
  return `\\${task.name.replace(/^\\/, "")}`;
}

/** The columns of /v, in their order, as far as the stand-in has something to say in them. */
function details(task: Task, root: string): readonly (readonly [string, string])[] {
  return [
    ["HostName", hostname()],
    ["TaskName", path(task)],
    ["Next Run Time", "N/A"],
    ["Status", status(task, root)],
    ["Logon Mode", task.interactive ? "Interactive only" : "Interactive/Background"],
    ["Last Run Time", "N/A"],
    ["Last Result", String(lastResult(loadTaskRun(task, root)))],
    ["Author", "N/A"],
    ["Task To Run", task.run],
    ["Run As User", task.user],
  ];
}

function printList(call: Call, task: Task, verbose: boolean, root: string): void {
  const rows = verbose ? details(task, root) : details(task, root).slice(0, 5);
  print(call.handles.stdout, "", "Folder: \\");
  for (const [label, value] of rows)
    print(call.handles.stdout, `${`${label}:`.padEnd(verbose ? 38 : 15)}${value}`);
}

function printCsv(
  call: Call,
  tasks: readonly Task[],
  options: ReadonlyMap<string, string>,
  root: string,
): void {
  const columns = (task: Task): readonly (readonly [string, string])[] =>
    options.has("/v") ? details(task, root) : details(task, root).slice(1, 4);
  const row = (task: Task, part: 0 | 1): string =>
    columns(task)
      .map((column) => `"${column[part]}"`)
      .join(",");
  const [first] = tasks;
  if (!options.has("/nh") && first !== undefined) print(call.handles.stdout, row(first, 0));
  for (const task of tasks) print(call.handles.stdout, row(task, 1));
}

function printTable(call: Call, tasks: readonly Task[], bare: boolean, root: string): void {
  const row = (name: string, next: string, state: string): string =>
    `${name.padEnd(40)} ${next.padEnd(22)} ${state.padEnd(15)}`;
  print(call.handles.stdout, "", "Folder: \\");
  if (!bare) {
    print(call.handles.stdout, row("TaskName", "Next Run Time", "Status"));
    print(call.handles.stdout, `${"=".repeat(40)} ${"=".repeat(22)} ${"=".repeat(15)}`);
  }
  for (const task of tasks) print(call.handles.stdout, row(path(task).slice(1), "N/A", status(task, root)));
}

function fail(call: Call, text: string): number {
  print(call.handles.stderr, `ERROR: ${text}`);
  return 1;
}
