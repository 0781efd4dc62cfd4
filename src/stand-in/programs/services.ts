import { existsSync, rmSync } from "node:fs";
import { runAttached } from "../../process/attached.ts";
import { loadState, stateFile, writeState, writeWhole } from "../machine/files.ts";
import { toUnix } from "../machine/paths.ts";
import { type Call, print, refuse } from "./program.ts";

type StartType = "auto" | "demand" | "disabled";

/** Services of a fresh Windows that quietening looks for, as far as the stand-in has them. */
const stock: Readonly<Record<string, StartType>> = {
  wuauserv: "demand",
  usosvc: "auto",
  wsearch: "auto",
  sysmain: "auto",
  w32time: "demand",
  diagtrack: "auto",
  windefend: "auto",
  eventlog: "auto",
};

/** sc query | create NAME binPath= FILE start= auto | config NAME start= TYPE | stop | start. Services that cygrunsrv or create made are real processes, the stock ones are words. */
export function sc(call: Call, root = ""): number {
  const [verb = "", name = "", ...rest] = call.args;
  const start = startTypes(root)[name.toLowerCase()];
  const cygwin = existsSync(stateFile(`services/${name}`, root)) && name !== "";
  if (name === "") return refuse(call, "no service was named");
  if (verb.toLowerCase() === "create") return create(call, name, rest, root);
  if (start === undefined && !cygwin) {
    print(
      call.handles.stdout,
      `[SC] ${verb} FAILED 1060:`,
      "",
      "The specified service does not exist as an installed service.",
      "",
    );
    return 1060;
  }
  switch (verb.toLowerCase()) {
    case "query":
      print(
        call.handles.stdout,
        "",
        `SERVICE_NAME: ${name}`,
        `        STATE              : ${isRunning(name, cygwin, start) ? "4  RUNNING" : "1  STOPPED"}`,
      );
      return 0;
    case "config":
      return config(call, name, rest, root);
    case "stop":
    case "start":
      return control(call, verb.toLowerCase(), name, cygwin, start);
    default:
      return refuse(
        call,
        `${verb} is not played by the stand-in; it knows query, create, config, start, stop`,
      );
  }
}

function startTypes(root: string): Record<string, StartType> {
  return loadState(stateFile("services.json", root), { ...stock });
}

function isRunning(name: string, cygwin: boolean, start: StartType | undefined): boolean {
  if (cygwin) return serviceControl("status", name) === 0;
  return start === "auto";
}

/** A service is a file of sh assignments; process 1 starts it with the machine, as `start= auto` asks. */
function create(call: Call, name: string, words: readonly string[], root: string): number {
  const [binPath, file = "", start, type, more] = words;
  const known = binPath?.toLowerCase() === "binpath=" && start?.toLowerCase() === "start=" && type === "auto";
  if (!known || more !== undefined || !/^[A-Za-z]:\\[\w.\\-]+$/.test(file))
    return refuse(
      call,
      `create takes "binPath= FILE start= auto" (with the blanks; no blank in FILE), got ${words.join(" ")}`,
    );
  const state = stateFile(`services/${name}`, root);
  if (existsSync(state)) {
    print(
      call.handles.stdout,
      "[SC] CreateService FAILED 1073:",
      "",
      "The specified service already exists.",
      "",
    );
    return 1073;
  }
  writeWhole(state, `program=${toUnix(file, "C:\\")}\narguments=\n`);
  print(call.handles.stdout, "[SC] CreateService SUCCESS");
  return 0;
}

// `start=` and its value are two words: `start=disabled` is refused by the real sc too.
function config(call: Call, name: string, words: readonly string[], root: string): number {
  if (words[0]?.toLowerCase() === "binpath=" && existsSync(stateFile(`services/${name}`, root))) {
    rmSync(stateFile(`services/${name}`, root));
    const code = create(call, name, words, root);
    if (code === 0) print(call.handles.stdout, "[SC] ChangeServiceConfig SUCCESS");
    return code;
  }
  const [key, value = "", more] = words;
  if (key?.toLowerCase() !== "start=" || more !== undefined)
    return refuse(call, `config takes "start= TYPE" (with the blank), got ${words.join(" ")}`);
  if (!["auto", "demand", "disabled"].includes(value))
    return refuse(call, `start= takes auto, demand or disabled, got ${value}`);
  writeState(stateFile("services.json", root), { ...startTypes(root), [name.toLowerCase()]: value });
  print(call.handles.stdout, "[SC] ChangeServiceConfig SUCCESS");
  return 0;
}

function control(
  call: Call,
  verb: string,
  name: string,
  cygwin: boolean,
  start: StartType | undefined,
): number {
  const running = isRunning(name, cygwin, start);
  if (verb === "stop" && !running) {
    print(
      call.handles.stdout,
      "[SC] ControlService FAILED 1062:",
      "",
      "The service has not been started.",
      "",
    );
    return 1062;
  }
  if (verb === "start" && running) {
    print(
      call.handles.stdout,
      "[SC] StartService FAILED 1056:",
      "",
      "An instance of the service is already running.",
      "",
    );
    return 1056;
  }
  if (!cygwin) return 0;
  return serviceControl(verb, name) === 0 ? 0 : 1053;
}

/** Asks the stand-in's service manager; see nix/stand-in/files/windows/stand-in/service-control for its codes. */
export function serviceControl(verb: string, name: string): number {
  return runAttached(
    { file: "/stand-in/bin/service-control", args: [verb, name] },
    { stdin: 0, stdout: 1, stderr: 2 },
  );
}
