import { loadAccounts } from "../machine/accounts.ts";
import { findTask, loadTasks, type Task, writeTasks } from "../machine/tasks.ts";
import { type Call, print } from "./program.ts";
import { endTask, runTask } from "./schtasks-run.ts";
import { queryTasks } from "./schtasks-query.ts";

/** Tasks of a fresh Windows that quietening looks for; the stand-in has a few of them, so that both answers are met. */
const systemTasks = new Set([
  "\\microsoft\\windows\\defrag\\scheduleddefrag",
  "\\microsoft\\windows\\diagnosis\\scheduled",
  "\\microsoft\\windows\\registry\\regidlebackup",
]);

/** Options of each verb: true where a value follows. */
const verbs: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  "/create": {
    "/tn": true,
    "/tr": true,
    "/sc": true,
    "/st": true,
    "/ru": true,
    "/rl": true,
    "/it": false,
    "/f": false,
  },
  "/delete": { "/tn": true, "/f": false },
  "/change": { "/tn": true, "/disable": false, "/enable": false },
  "/run": { "/tn": true, "/i": false },
  "/end": { "/tn": true },
  "/query": { "/tn": true, "/fo": true, "/nh": false, "/v": false },
};

/** schtasks: start-up tasks of SYSTEM, and interactive ones (/it) of whoever is logged on at the console. */
export function schtasks(call: Call, root = ""): number {
  const [verb = "", ...rest] = call.args;
  const known = verbs[verb.toLowerCase()];
  if (known === undefined)
    return fail(
      call,
      `Invalid syntax. schtasks ${verb} is not played by the stand-in; it knows ${Object.keys(verbs).join(" ")}`,
    );
  const options = parseOptions(rest, known);
  if (typeof options === "string") return fail(call, `Invalid syntax. ${options}`);
  if (verb.toLowerCase() === "/query") return queryTasks(call, options, root);
  const name = options.get("/tn");
  if (name === undefined) return fail(call, "Invalid syntax. /tn is missing.");
  switch (verb.toLowerCase()) {
    case "/create":
      return create(call, name, options, root);
    case "/change":
      return change(call, name, options);
    default: {
      const task = findTask(name, root);
      if (task === undefined) return fail(call, "The system cannot find the file specified.");
      if (verb.toLowerCase() === "/delete") return remove(call, task, options, root);
      return verb.toLowerCase() === "/run" ? runTask(call, task, root) : endTask(call, task, root);
    }
  }
}

function parseOptions(
  words: readonly string[],
  known: Readonly<Record<string, boolean>>,
): Map<string, string> | string {
  const options = new Map<string, string>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at]?.toLowerCase() ?? "";
    const takesValue = known[word];
    if (takesValue === undefined) return `Unexpected ${words[at]} (a command with blanks needs quotes).`;
    const value = takesValue ? words[++at] : "";
    if (value === undefined) return `${word} has no value.`;
    options.set(word, value);
  }
  return options;
}

function create(call: Call, name: string, options: ReadonlyMap<string, string>, root: string): number {
  const run = options.get("/tr");
  if (run === undefined || run.length > 261)
    return fail(call, "Invalid syntax. /tr is missing, or longer than 261 characters.");
  if (!["highest", "limited", undefined].includes(options.get("/rl")?.toLowerCase()))
    return fail(call, "Invalid syntax. /rl is highest or limited.");
  const whom = options.get("/sc")?.toLowerCase() === "once" ? interactive(options, root) : startUp(options);
  if (typeof whom === "string") return fail(call, whom);
  const existing = findTask(name, root);
  if (existing !== undefined && !options.has("/f"))
    return fail(call, `Task "${name}" exists, and without /f schtasks asks a question.`);
  const others = loadTasks(root).filter((task) => task.name !== existing?.name);
  writeTasks([...others, { name, run, ...whom }], root);
  if (isPast(options.get("/st")))
    print(call.handles.stdout, "WARNING: Task may not run because /ST is earlier than current time.");
  return done(call, `SUCCESS: The scheduled task "${name}" has successfully been created.`);
}

type Whom = Pick<Task, "user" | "schedule" | "interactive">;

function startUp(options: ReadonlyMap<string, string>): Whom | string {
  if (options.get("/sc")?.toLowerCase() !== "onstart")
    return `Invalid syntax. /sc ${options.get("/sc") ?? "(none)"}: the stand-in plays onstart and once only.`;
  if (options.get("/ru")?.toLowerCase() !== "system" || options.has("/it"))
    return `Invalid syntax. /ru ${options.get("/ru") ?? "(none)"}: with /sc onstart the stand-in plays SYSTEM only, without /it.`;
  return { user: "SYSTEM", schedule: "onstart", interactive: false };
}

// Without /it schtasks would ask for the user's password, and the task would run where nobody sees it.
function interactive(options: ReadonlyMap<string, string>, root: string): Whom | string {
  if (!options.has("/it")) return "Invalid syntax. /sc once is played by the stand-in with /it only.";
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(options.get("/st") ?? ""))
    return `Invalid Starttime value. /st takes HH:mm, got ${options.get("/st") ?? "(none)"}.`;
  const name = (options.get("/ru") ?? "").replace(/^.*\\/, "");
  const account = loadAccounts(root).find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (account === undefined) return "No mapping between account names and security IDs was done.";
  return { user: account.name, schedule: "once", interactive: true };
}

function isPast(startTime: string | undefined): boolean {
  const now = new Date();
  return startTime !== undefined && startTime < now.toTimeString().slice(0, 5);
}

function remove(call: Call, task: Task, options: ReadonlyMap<string, string>, root: string): number {
  if (!options.has("/f")) return fail(call, "Without /f schtasks /delete asks a question.");
  writeTasks(
    loadTasks(root).filter(({ name }) => name !== task.name),
    root,
  );
  return done(call, `SUCCESS: The scheduled task "${task.name}" was successfully deleted.`);
}

function change(call: Call, name: string, options: ReadonlyMap<string, string>): number {
  if (!options.has("/disable") && !options.has("/enable"))
    return fail(call, "Invalid syntax. /change is played with /disable and /enable only.");
  if (!systemTasks.has(name.toLowerCase())) return fail(call, "The system cannot find the file specified.");
  return done(call, `SUCCESS: The parameters of scheduled task "${name}" have been changed.`);
}

function done(call: Call, text: string): number {
  print(call.handles.stdout, text);
  return 0;
}

function fail(call: Call, text: string): number {
  print(call.handles.stderr, `ERROR: ${text}`);
  return 1;
}
