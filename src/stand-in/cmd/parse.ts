import { Unsupported } from "../machine/unsupported.ts";
import type { Command, Condition, ForKind, Redirect } from "./ast.ts";
import { type NextLine, Scanner } from "./scanner.ts";

export type { NextLine } from "./scanner.ts";

/** cmd's own syntax error; it ends the batch file, as on Windows. */
export class CmdSyntaxError extends Error {
  override readonly name = "CmdSyntaxError";
}

/** Parses one command, which can go over several lines; undefined for an empty line and for a label. */
export function parseCommand(line: string, nextLine: NextLine): Command | undefined {
  const trimmed = line.trimStart();
  if (trimmed === "" || trimmed.startsWith(":")) return undefined;
  const parser = new Parser(line, nextLine);
  return parser.whole();
}

const operators = new Set(["EQU", "NEQ", "LSS", "LEQ", "GTR", "GEQ"]);
const forKinds: Readonly<Record<string, ForKind>> = { "/l": "numbers", "/d": "folders", "/f": "lines" };

class Parser extends Scanner {
  #depth = 0;

  whole(): Command | undefined {
    this.skipDelimiters();
    if (this.end()) return undefined;
    const command = this.#sequence();
    if (!this.end())
      throw new CmdSyntaxError(`${this.text.slice(this.at, this.at + 1)} was unexpected at this time.`);
    return command;
  }

  #sequence(first?: Command): Command {
    let left = this.#either(first);
    while (this.peek() === "&" && this.text[this.at + 1] !== "&") {
      this.at++;
      this.skipDelimiters();
      if (this.end() || this.peek() === ")" || this.peek() === "\n") break;
      left = { type: "chain", operator: "&", left, right: this.#either() };
    }
    return left;
  }

  #either(first?: Command): Command {
    let left = this.#both(first);
    while (this.take("||")) left = { type: "chain", operator: "||", left, right: this.#both() };
    return left;
  }

  #both(first?: Command): Command {
    let left = this.#pipe(first);
    while (this.take("&&")) left = { type: "chain", operator: "&&", left, right: this.#pipe() };
    return left;
  }

  #pipe(first?: Command): Command {
    const left = first ?? this.#command();
    if (this.peek() !== "|" || this.text[this.at + 1] === "|") return left;
    this.at++;
    return { type: "chain", operator: "|", left, right: this.#pipe() };
  }

  #command(): Command {
    this.skipDelimiters();
    let quiet = false;
    while (this.peek() === "@") {
      quiet = true;
      this.at++;
      this.skipDelimiters();
    }
    const redirects: Redirect[] = [];
    while (this.#redirect(redirects)) this.skipDelimiters();
    if (this.peek() === "(") return this.#block(redirects);
    const word = /^[A-Za-z]+(?=[\s,;=/(]|$)/.exec(this.text.slice(this.at))?.[0]?.toLowerCase();
    if (word === "if" || word === "for") {
      if (redirects.length > 0) throw new Unsupported("cmd", `a redirection in front of ${word}`);
      this.at += word.length;
      return word === "if" ? this.#if() : this.#for();
    }
    if (word === "rem") return this.#remark();
    return this.#simple(redirects, quiet);
  }

  #remark(): Command {
    const end = this.text.indexOf("\n", this.at);
    this.at = end < 0 ? this.text.length : end;
    return { type: "simple", text: "rem", redirects: [], quiet: true };
  }

  #simple(redirects: Redirect[], quiet: boolean): Command {
    let text = "";
    let quoted = false;
    for (;;) {
      const char = this.peek();
      if (char === undefined || char === "\n") break;
      if (!quoted) {
        if (char === "&" || char === "|") break;
        if (char === ")" && this.#depth > 0) break;
        if (char === "^") {
          text += this.caret();
          continue;
        }
        if (char === "<" || char === ">") {
          const digit = /(^|[\s,;=()])([0-9])$/.exec(text);
          if (digit !== null) {
            text = text.slice(0, -1);
            this.at--;
          }
          this.#redirect(redirects);
          continue;
        }
      }
      if (char === '"') quoted = !quoted;
      text += char;
      this.at++;
    }
    if (text.trim() === "" && redirects.length === 0)
      throw new CmdSyntaxError(`${this.peek() ?? "The end of the line"} was unexpected at this time.`);
    return { type: "simple", text, redirects, quiet };
  }

  /** Reads `2>file`, `<file`, `>>file`, `2>&1` where one stands. */
  #redirect(into: Redirect[]): boolean {
    const match = /^([0-9]?)(>>|>|<)(&[0-9])?/.exec(this.text.slice(this.at));
    if (match === null) return false;
    const [whole, digit, sign, duplicate] = match;
    this.at += whole.length;
    const handle = digit === "" || digit === undefined ? (sign === "<" ? 0 : 1) : Number(digit);
    if (handle > 2) throw new Unsupported("cmd", `a redirection of handle ${handle}`);
    if (duplicate !== undefined) {
      into.push({ handle, kind: "duplicate", target: duplicate.slice(1) });
      return true;
    }
    this.skipBlanks();
    const target = this.word("<>&|)(");
    if (target === "") throw new CmdSyntaxError("The syntax of the command is incorrect.");
    into.push({ handle, kind: sign === "<" ? "read" : sign === ">>" ? "append" : "write", target });
    return true;
  }

  #block(redirects: Redirect[]): Command {
    this.at++;
    this.#depth++;
    const commands: Command[] = [];
    for (;;) {
      this.skipDelimiters();
      if (this.end()) {
        if (!this.appendLine("\n")) throw new CmdSyntaxError("A block that was opened by ( has no ).");
        continue;
      }
      const char = this.peek();
      if (char === "\n") this.at++;
      else if (char === ")") break;
      else if (char === ":") this.#remark();
      else commands.push(this.#sequence());
    }
    this.at++;
    this.#depth--;
    this.skipBlanks();
    while (this.#redirect(redirects)) this.skipBlanks();
    return { type: "block", commands, redirects };
  }

  #if(): Command {
    let not = false;
    let ignoreCase = false;
    for (;;) {
      this.skipBlanks();
      if (/^not[\s"]/i.test(this.rest())) {
        not = true;
        this.at += 3;
      } else if (/^\/i\s/i.test(this.rest())) {
        ignoreCase = true;
        this.at += 2;
      } else break;
    }
    const condition = this.#condition();
    this.skipDelimiters();
    const first = this.#command();
    if (first.type === "block" && /^else(?=[\s(]|$)/i.test(this.rest())) {
      this.at += 4;
      return { type: "if", not, ignoreCase, condition, body: first, otherwise: this.#sequence() };
    }
    return { type: "if", not, ignoreCase, condition, body: this.#sequence(first), otherwise: undefined };
  }

  #condition(): Condition {
    const word = this.word("<>&|");
    const kind = word.toLowerCase();
    if (kind === "exist" || kind === "defined" || kind === "errorlevel") {
      this.skipBlanks();
      const operand = this.word("<>&|");
      if (operand === "") throw new CmdSyntaxError("The syntax of the command is incorrect.");
      if (kind === "exist") return { kind, path: operand };
      return kind === "defined" ? { kind, name: operand } : { kind, level: operand };
    }
    if (kind === "cmdextversion") throw new Unsupported("cmd", "if cmdextversion");
    this.skipBlanks();
    let operator = "==";
    if (!this.take("==")) {
      operator = this.word("<>&|").toUpperCase();
      if (!operators.has(operator)) throw new CmdSyntaxError(`${operator} was unexpected at this time.`);
    }
    this.skipBlanks();
    const right = this.word("<>&|");
    if (right === "" && operator === "==")
      throw new CmdSyntaxError("The syntax of the command is incorrect.");
    return { kind: "compare", left: word, operator, right };
  }

  #for(): Command {
    this.skipBlanks();
    let kind: ForKind = "list";
    let options = "";
    const option = /^\/[A-Za-z]/.exec(this.rest())?.[0]?.toLowerCase();
    if (option !== undefined) {
      const known = forKinds[option];
      if (known === undefined) throw new Unsupported("cmd", `for ${option}`);
      kind = known;
      this.at += 2;
      this.skipBlanks();
      if (kind === "lines" && !this.rest().startsWith("%")) options = this.word("<>&|");
      this.skipBlanks();
    }
    const head = /^%([^\s%"~*])\s+in\s*\(/i.exec(this.rest());
    if (head === null)
      throw new CmdSyntaxError(`${/^\S*/.exec(this.rest())?.[0]} was unexpected at this time (for).`);
    this.at += head[0].length;
    const set = this.#set();
    this.skipDelimiters();
    if (!/^do(?=[\s@(]|$)/i.test(this.rest())) throw new CmdSyntaxError("for: do is missing.");
    this.at += 2;
    return { type: "for", kind, variable: head[1] ?? "", options, set, body: this.#sequence() };
  }

  /** The text between the parentheses of FOR. */
  #set(): string {
    let set = "";
    let quoted = false;
    for (;;) {
      const char = this.peek();
      if (char === undefined) {
        if (!this.appendLine("\n")) throw new CmdSyntaxError("for: ) is missing.");
        continue;
      }
      if (char === ")" && !quoted) break;
      if (char === "^" && !quoted) {
        set += this.caret();
        continue;
      }
      if (char === '"') quoted = !quoted;
      set += char === "\n" ? " " : char;
      this.at++;
    }
    this.at++;
    return set;
  }
}
