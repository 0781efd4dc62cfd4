import { loadConsoleLogon } from "../machine/console.ts";
import { type Call, print, refuse } from "./program.ts";

/** qwinsta and `query session`: the session of services, and the console's. Every login over SSH belongs to the first. */
export function qwinsta(call: Call, root = ""): number {
  if (call.args.length > 0) return refuse(call, "the stand-in plays it without arguments");
  const logon = loadConsoleLogon(root);
  const here = isInteractive(call) ? "console" : "services";
  const row = (name: string, user: string, id: string, state: string): string =>
    `${name === here ? ">" : " "}${name.padEnd(17)} ${user.padEnd(23)} ${id.padStart(4)}  ${state.padEnd(6)}`.trimEnd();
  print(
    call.handles.stdout,
    " SESSIONNAME       USERNAME                  ID  STATE   TYPE        DEVICE",
    row("services", "", "0", "Disc"),
    row("console", logon?.user ?? "", "1", logon === undefined ? "Conn" : "Active"),
  );
  return 0;
}

/** quser and `query user`: who is logged on at the console. */
export function quser(call: Call, root = ""): number {
  if (call.args.length > 0) return refuse(call, "the stand-in plays it without arguments");
  const logon = loadConsoleLogon(root);
  if (logon === undefined) {
    print(call.handles.stderr, "No User exists for *");
    return 1;
  }
  const since = logon.since.slice(0, 16).replace("T", " ");
  const mark = isInteractive(call) ? ">" : " ";
  print(
    call.handles.stdout,
    " USERNAME              SESSIONNAME        ID  STATE   IDLE TIME  LOGON TIME",
    `${mark}${logon.user.padEnd(21)} console             1  Active      none   ${since}`,
  );
  return 0;
}

/** query session and query user. */
export function query(call: Call, root = ""): number {
  const [what = "", ...rest] = call.args;
  const inner = { ...call, args: rest };
  if (what.toLowerCase() === "session") return qwinsta(inner, root);
  if (what.toLowerCase() === "user") return quser(inner, root);
  return refuse(call, `the stand-in plays query session and query user, got ${what}`);
}

function isInteractive(call: Call): boolean {
  return call.environment.get("STAND_IN_SESSION") === "console";
}
