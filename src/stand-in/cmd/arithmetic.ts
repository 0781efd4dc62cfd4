import type { Environment } from "./environment.ts";
import { CmdSyntaxError } from "./parse.ts";

/** `set /a`: 32-bit whole numbers, variables by bare name, assignments, comma lists. Returns the last value. */
export function evaluate(text: string, environment: Environment): number {
  const tokens =
    text.match(/0x[0-9a-f]+|\d+|[A-Za-z_][\w.]*|<<=|>>=|<<|>>|[-+*/%&|^]=|[-+*/%&|^~!()=,]/gi) ?? [];
  if (tokens.join("") !== text.replace(/\s+/g, "")) throw new CmdSyntaxError("Missing operator.");
  const parser = new Arithmetic(tokens, environment);
  return parser.list();
}

const levels: readonly (readonly string[])[] = [
  ["|"],
  ["^"],
  ["&"],
  ["<<", ">>"],
  ["+", "-"],
  ["*", "/", "%"],
];

class Arithmetic {
  readonly #tokens: readonly string[];
  readonly #environment: Environment;
  #at = 0;

  constructor(tokens: readonly string[], environment: Environment) {
    this.#tokens = tokens;
    this.#environment = environment;
  }

  list(): number {
    let value = this.#assignment();
    while (this.#take(",")) value = this.#assignment();
    if (this.#at < this.#tokens.length) throw new CmdSyntaxError("Missing operator.");
    return value;
  }

  #assignment(): number {
    const name = this.#tokens[this.#at] ?? "";
    const operator = this.#tokens[this.#at + 1] ?? "";
    if (!/^[A-Za-z_]/.test(name) || !(operator === "=" || /^(<<|>>|[-+*/%&|^])=$/.test(operator)))
      return this.#binary(0);
    this.#at += 2;
    const right = this.#assignment();
    const value = operator === "=" ? right : apply(operator.slice(0, -1), this.#number(name), right);
    this.#environment.set(name, String(value));
    return value;
  }

  #binary(level: number): number {
    const operators = levels[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (
      let operator = this.#tokens[this.#at];
      operator !== undefined && operators.includes(operator);
      operator = this.#tokens[this.#at]
    ) {
      this.#at++;
      left = apply(operator, left, this.#binary(level + 1));
    }
    return left;
  }

  #unary(): number {
    if (this.#take("-")) return -this.#unary() | 0;
    if (this.#take("+")) return this.#unary();
    if (this.#take("~")) return ~this.#unary();
    if (this.#take("!")) return this.#unary() === 0 ? 1 : 0;
    if (this.#take("(")) {
      const value = this.#binary(0);
      if (!this.#take(")")) throw new CmdSyntaxError("Unbalanced parenthesis.");
      return value;
    }
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new CmdSyntaxError("Missing operand.");
    return this.#number(token);
  }

  #number(token: string): number {
    const text = /^[A-Za-z_]/.test(token) ? (this.#environment.get(token) ?? "0") : token;
    if (/^[+-]?0x[0-9a-f]+$/i.test(text)) return Number(text) | 0;
    if (/^[+-]?0[0-7]+$/.test(text)) return Number.parseInt(text, 8) | 0;
    return Number.parseInt(text, 10) | 0;
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }
}

function apply(operator: string, left: number, right: number): number {
  if ((operator === "/" || operator === "%") && right === 0)
    throw new CmdSyntaxError("Divide by zero error.");
  switch (operator) {
    case "|":
      return left | right;
    case "^":
      return left ^ right;
    case "&":
      return left & right;
    case "<<":
      return left << right;
    case ">>":
      return left >> right;
    case "+":
      return (left + right) | 0;
    case "-":
      return (left - right) | 0;
    case "*":
      return Math.imul(left, right);
    case "/":
      return Math.trunc(left / right) | 0;
    default:
      return (left % right) | 0;
  }
}
