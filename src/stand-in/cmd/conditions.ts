import { deviceOf } from "../machine/paths.ts";
import type { Condition } from "./ast.ts";
import type { Shell } from "./shell.ts";
import { findFiles } from "./wildcards.ts";

/** Whether a condition of IF is true now (before its `not`). */
export function holds(shell: Shell, condition: Condition, ignoreCase: boolean): boolean {
  switch (condition.kind) {
    case "exist": {
      const path = shell.finish(condition.path).replaceAll('"', "");
      return deviceOf(path) !== undefined || findFiles(path, shell.cwd).length > 0;
    }
    case "defined":
      return shell.variables().get(shell.finish(condition.name)) !== undefined;
    case "errorlevel":
      return shell.errorlevel >= Number.parseInt(shell.finish(condition.level), 10);
    case "compare":
    default: {
      const { left, operator, right } = condition;
      return compare(shell.finish(left), operator, shell.finish(right), ignoreCase);
    }
  }
}

/** `==` compares text; EQU and the like compare whole numbers where both sides are numbers. */
function compare(left: string, operator: string, right: string, ignoreCase: boolean): boolean {
  if (operator === "==") return compareText(left, right, ignoreCase) === 0;
  const [a, b] = [numberOf(left), numberOf(right)];
  const order = a === undefined || b === undefined ? compareText(left, right, ignoreCase) : Math.sign(a - b);
  const verdicts: Readonly<Record<string, boolean>> = {
    EQU: order === 0,
    NEQ: order !== 0,
    LSS: order < 0,
    LEQ: order <= 0,
    GTR: order > 0,
    GEQ: order >= 0,
  };
  return verdicts[operator] ?? false;
}

function numberOf(text: string): number | undefined {
  return /^[+-]?(0x[0-9a-f]+|\d+)$/i.test(text) ? Number(text) : undefined;
}

function compareText(left: string, right: string, ignoreCase: boolean): number {
  const [a, b] = ignoreCase ? [left.toLowerCase(), right.toLowerCase()] : [left, right];
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
