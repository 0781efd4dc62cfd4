import { loadTasks, writeTasks } from "../machine/tasks.ts";
import { type Call, print } from "./program.ts";

/** Tasks of a fresh Windows that quietening looks for; the stand-in has a few of them, so that both answers are met. */
const systemTasks = new Set([
  "\\microsoft\\windows\\defrag\\scheduleddefrag",
  "\\microsoft\\windows\\diagnosis\\scheduled",
  "\\microsoft\\windows\\registry\\regidlebackup",
]);

/** schtasks /create (start-up tasks of SYSTEM), /delete, /change /disable, /query. */
export function schtasks(call: Call, root = ""): number {
  const [verb = "", ...rest] = call.args;
  const options = parseOptions(rest);
  if (typeof options === "string") return fail(call, `Invalid syntax. ${options}`);
  const name = options.get("/tn");
  if (name === undefined) return fail(call, "Invalid syntax. /tn is missing.");
  switch (verb.toLowerCase()) {
    case "/create":
      return create(call, name, options, root);
    case "/delete":
      return remove(call, name, options, root);
    case "/change":
      return change(call, name, options);
    case "/query":
      if (loadTasks(root).some((task) => task.name.toLowerCase() === name.toLowerCase()))
        return done(call, `${name}  Ready`);
      return fail(call, "The system cannot find the file specified.");
    default:
      return fail(
        call,
        `Invalid syntax. schtasks ${verb} is not played by the stand-in; it knows /create /delete /change /query`,
      );
  }
}

const withValue = new Set(["/tn", "/tr", "/sc", "/ru", "/rl"]);
const withoutValue = new Set(["/f", "/disable", "/enable"]);

function parseOptions(words: readonly string[]): Map<string, string> | string {
  const options = new Map<string, string>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at]?.toLowerCase() ?? "";
    if (withoutValue.has(word)) options.set(word, "");
    else if (withValue.has(word)) {
      const value = words[++at];
      if (value === undefined) return `${word} has no value.`;
      options.set(word, value);
    } else return `Unexpected ${words[at]} (a command with blanks needs quotes).`;
  }
  return options;
}

function create(call: Call, name: string, options: ReadonlyMap<string, string>, root: string): number {
  const run = options.get("/tr");
  const schedule = options.get("/sc")?.toLowerCase();
  const user = options.get("/ru")?.toLowerCase();
  if (run === undefined || run.length > 261)
    return fail(call, "Invalid syntax. /tr is missing, or longer than 261 characters.");
  if (schedule !== "onstart")
    return fail(call, `Invalid syntax. /sc ${schedule ?? "(none)"}: the stand-in plays onstart only.`);
  if (user !== "system")
    return fail(call, `Invalid syntax. /ru ${user ?? "(none)"}: the stand-in plays SYSTEM only.`);
  if (!["highest", "limited", undefined].includes(options.get("/rl")?.toLowerCase()))
    return fail(call, "Invalid syntax. /rl is highest or limited.");
  const tasks = loadTasks(root);
  const same = tasks.some((task) => task.name.toLowerCase() === name.toLowerCase());
  if (same && !options.has("/f"))
    return fail(call, `Task "${name}" exists, and without /f schtasks asks a question.`);
  writeTasks(
    [
      ...tasks.filter((task) => task.name.toLowerCase() !== name.toLowerCase()),
      { name, run, user: "SYSTEM" },
    ],
    root,
  );
  return done(call, `SUCCESS: The scheduled task "${name}" has successfully been created.`);
}

function remove(call: Call, name: string, options: ReadonlyMap<string, string>, root: string): number {
  if (!options.has("/f")) return fail(call, "Without /f schtasks /delete asks a question.");
  const tasks = loadTasks(root);
  const left = tasks.filter((task) => task.name.toLowerCase() !== name.toLowerCase());
  if (left.length === tasks.length) return fail(call, "The system cannot find the file specified.");
  writeTasks(left, root);
  return done(call, `SUCCESS: The scheduled task "${name}" was successfully deleted.`);
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
