import { readFileSync } from "node:fs";
import { findFiles } from "../cmd/wildcards.ts";
import { type Call, print, refuse } from "./program.ts";

/** find "text" [FILE]: the text has to stand in quotes, as with the real one. 0 found, 1 not found, 2 misuse. */
export function find(call: Call): number {
  const match = /^((?:\s+\/[ivcn])*)\s+"((?:[^"]|"")*)"((?:\s+\/[ivcn])*)\s*(.*)$/is.exec(
    ` ${call.tail.trimStart()}`,
  );
  if (match === null) {
    print(call.handles.stderr, "FIND: Parameter format not correct");
    return 2;
  }
  const options = `${match[1]}${match[3]}`.toLowerCase();
  const text = (match[2] ?? "").replaceAll('""', '"');
  const files = (match[4] ?? "").trim().replaceAll('"', "");
  const ignoreCase = options.includes("/i");
  const wanted = ignoreCase ? text.toLowerCase() : text;
  const keep = (line: string): boolean =>
    (ignoreCase ? line.toLowerCase() : line).includes(wanted) !== options.includes("/v");
  if (options.includes("/n")) return refuse(call, "/n is not played by the stand-in");
  const found = files === "" ? findFiles("", call.cwd).slice(0, 0) : findFiles(files, call.cwd);
  if (files !== "" && found.length === 0) {
    print(call.handles.stderr, `File not found - ${files.toUpperCase()}`);
    return 1;
  }
  const texts =
    files === ""
      ? [{ name: "", text: readFileSync(call.handles.stdin, "utf8") }]
      : found.map((each) => ({ name: each.name, text: readFileSync(each.unix, "utf8") }));
  let count = 0;
  for (const each of texts) {
    const lines = linesOf(each.text).filter(keep);
    count += lines.length;
    if (options.includes("/c"))
      print(
        call.handles.stdout,
        files === "" ? String(lines.length) : `---------- ${each.name.toUpperCase()}: ${lines.length}`,
      );
    else
      print(
        call.handles.stdout,
        ...(files === "" ? [] : ["", `---------- ${each.name.toUpperCase()}`]),
        ...lines,
      );
  }
  return count > 0 ? 0 : 1;
}

/** findstr with /i /c:"literal" and plain words; regular expressions are refused. */
export function findstr(call: Call): number {
  let ignoreCase = false;
  const wanted: string[] = [];
  const rest: string[] = [];
  for (const word of call.args) {
    const lower = word.toLowerCase();
    if (lower === "/i") ignoreCase = true;
    else if (lower.startsWith("/c:")) wanted.push(word.slice(3));
    else if (lower === "/l") continue;
    else if (word.startsWith("/"))
      return refuse(call, `${word} is not played by the stand-in; it knows /i /l /c:`);
    else rest.push(word);
  }
  if (wanted.length === 0) wanted.push(...(rest.shift() ?? "").split(" ").filter((word) => word !== ""));
  if (wanted.length === 0) return refuse(call, "no text to look for");
  if (!call.tail.toLowerCase().includes("/c:") && wanted.some((word) => /[.*[\]^$\\]/.test(word)))
    return refuse(call, "a regular expression; use /c:");
  const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  const files = rest.flatMap((pattern) => findFiles(pattern, call.cwd));
  if (rest.length > 0 && files.length === 0) {
    print(call.handles.stderr, `FINDSTR: Cannot open ${rest[0]}`);
    return 1;
  }
  const texts =
    rest.length === 0
      ? [readFileSync(call.handles.stdin, "utf8")]
      : files.map((file) => readFileSync(file.unix, "utf8"));
  const lines = texts
    .flatMap(linesOf)
    .filter((line) => wanted.some((text) => fold(line).includes(fold(text))));
  print(call.handles.stdout, ...lines);
  return lines.length > 0 ? 0 : 1;
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}
