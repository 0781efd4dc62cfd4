import { type Stats, statSync } from "node:fs";
import { Unsupported } from "../machine/unsupported.ts";
import { toAbsolute, toUnix } from "../machine/paths.ts";

/** %~dpnxfszat of a value: `modifiers` are the letters between ~ and the variable; relative values count from `cwd`. */
export function modify(modifiers: string, value: string, cwd: string): string {
  const plain = value.replace(/^"(.*)"$/s, "$1").replace(/^"/, "");
  if (modifiers === "") return plain;
  const letters = modifiers.toLowerCase();
  for (const letter of letters) {
    if (!"fdpnxzs".includes(letter)) throw new Unsupported("cmd", `the modifier ~${letter}`);
  }
  if (plain === "") return "";
  const path = toAbsolute(plain, cwd);
  const name = path.slice(path.lastIndexOf("\\") + 1);
  const dot = name.lastIndexOf(".");
  const parts = {
    d: path.slice(0, 2),
    p: path.slice(2, path.lastIndexOf("\\") + 1),
    n: dot < 0 ? name : name.slice(0, dot),
    x: dot < 0 ? "" : name.slice(dot),
  };
  const size = letters.includes("z") ? `${look(path, cwd)?.size ?? ""}` : "";
  const wanted = letters.replace("s", "");
  if (wanted === "" || wanted.includes("f")) return [size, path].filter((part) => part !== "").join(" ");
  const text = (["d", "p", "n", "x"] as const)
    .filter((letter) => letters.includes(letter))
    .map((letter) => parts[letter]);
  return [size, text.join("")].filter((part) => part !== "").join(" ");
}

function look(path: string, cwd: string): Stats | undefined {
  return statSync(toUnix(path, cwd), { throwIfNoEntry: false });
}
