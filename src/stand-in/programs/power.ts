import { spawnDetached } from "../../process/attached.ts";
import { type Call, print, refuse } from "./program.ts";

/** shutdown /r|/s /t N /f, dashes as good as slashes: returns at once, the machine goes down N seconds later (or, with 0, a moment later). */
export function shutdown(call: Call): number {
  const words = call.args.map((word) => word.toLowerCase().replace(/^-/, "/"));
  let restart: boolean | undefined;
  let seconds = 30;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "/r" || word === "/s") {
      if (restart !== undefined) return refuse(call, "/r and /s exclude each other");
      restart = word === "/r";
    } else if (word === "/t") {
      const text = words[++at] ?? "";
      if (!/^\d+$/.test(text)) return refuse(call, `/t needs seconds, got ${text}`);
      seconds = Number(text);
    } else if (word !== "/f")
      return refuse(call, `unknown option ${call.args[at]}; the stand-in knows /r /s /t /f`);
  }
  if (restart === undefined) return refuse(call, "neither /r nor /s was given");
  spawnDetached({ file: "/stand-in/bin/power-down", args: [restart ? "restart" : "off", String(seconds)] });
  return 0;
}

/** powercfg: the settings that quietening changes; they have no effect here. */
export function powercfg(call: Call): number {
  const [verb = "", name = "", value = "", more] = call.args.map((word) =>
    word.toLowerCase().replace(/^-/, "/"),
  );
  if (["/hibernate", "/h"].includes(verb))
    return ["on", "off"].includes(name) && value === "" ? 0 : refuse(call, `${verb} takes on or off`);
  if (verb === "/change" || verb === "/x") {
    const known =
      /^\/?(monitor|standby|disk|hibernate)-timeout-(ac|dc)$/.test(name) &&
      /^\d+$/.test(value) &&
      more === undefined;
    return known ? 0 : refuse(call, `/change takes NAME-timeout-ac|dc MINUTES, got ${name} ${value}`);
  }
  if (verb === "/setactive" || verb === "/s")
    return /^(scheme_(min|max|balanced)|[0-9a-f-]{36})$/.test(name)
      ? 0
      : refuse(call, `unknown scheme ${name}`);
  return refuse(call, `${verb} is not played by the stand-in; it knows /hibernate, /change, /setactive`);
}

/** rundll32: only the idle tasks that a fresh Windows is told to finish, of which the stand-in has none. */
export function rundll32(call: Call): number {
  if (call.tail.trim().toLowerCase() === "advapi32.dll,processidletasks") return 0;
  print(call.handles.stderr, `rundll32:${call.tail} is not played by the stand-in`);
  return 1;
}
