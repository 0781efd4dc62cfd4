import { Environment } from "../cmd/environment.ts";
import { joinArguments } from "../cmd/command-line.ts";
import { Shell, type World } from "../cmd/shell.ts";
import { print, type Call } from "./program.ts";
import { versionLine } from "../cmd/builtins.ts";

/** cmd.exe: /c and /k-less. Options /d /e:on /q /s /v:on /c are known; an interactive one is refused. */
export function cmd(call: Call, world: World): number {
  const options = /^\s*((?:\/(?!c)[^\s/]+\s*)*)\/c(.*)$/is.exec(call.tail);
  if (options === null) {
    print(
      call.handles.stderr,
      `cmd: only "cmd /c COMMAND" is played by the stand-in, got: cmd${call.tail}`,
      versionLine,
    );
    return 1;
  }
  const words: string[] = (options[1] ?? "").toLowerCase().match(/\/[^\s/]+/g) ?? [];
  const unknown = words.find((word) => !["/d", "/q", "/s", "/e:on", "/v:on", "/v:off"].includes(word));
  if (unknown !== undefined) {
    print(
      call.handles.stderr,
      `cmd: option ${unknown} is not played by the stand-in; it knows /d /q /s /e:on /v:on /c`,
    );
    return 1;
  }
  const environment = new Environment();
  for (const [name, value] of call.environment) environment.set(name, value);
  const shell = new Shell(world, environment, call.cwd);
  if (words.includes("/q")) shell.echo = false;
  if (words.includes("/v:on")) shell.delayed = true;
  const isProgram = (name: string): boolean => !words.includes("/s") && world.isProgram(shell, name);
  return shell.runLine(stripQuotes((options[2] ?? "").trimStart(), isProgram), call.handles);
}

/** cmd's rule for a command that starts with a quote: a single quoted program name keeps its quotes, all else loses the outer pair. */
function stripQuotes(text: string, isProgram: (name: string) => boolean): string {
  if (!text.startsWith('"')) return text;
  const quotes = text.split('"').length - 1;
  const inside = /^"([^"]*)"\s*$/.exec(text)?.[1];
  const mayKeep = quotes === 2 && inside !== undefined && /\s/.test(inside) && !/[&<>()@^|]/.test(inside);
  if (mayKeep && isProgram(inside)) return text;
  const last = text.lastIndexOf('"');
  return last === 0 ? text.slice(1) : text.slice(1, last) + text.slice(last + 1);
}

/** The tail that arguments of a Linux program stand for. */
export function tailOf(args: readonly string[]): string {
  return args.length === 0 ? "" : ` ${joinArguments(args)}`;
}
