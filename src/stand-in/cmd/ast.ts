/** A redirection; `target` still has %%i and !X! in it. For a duplicate (`2>&1`) target is the other handle. */
export interface Redirect {
  readonly handle: number;
  readonly kind: "read" | "write" | "append" | "duplicate";
  readonly target: string;
}

export type Condition =
  | { readonly kind: "exist"; readonly path: string }
  | { readonly kind: "defined"; readonly name: string }
  | { readonly kind: "errorlevel"; readonly level: string }
  | { readonly kind: "compare"; readonly left: string; readonly operator: string; readonly right: string };

export type ForKind = "list" | "numbers" | "folders" | "lines";

/** A parsed command; texts have percent variables of the line expanded and carets taken out, FOR variables not. */
export type Command =
  | {
      readonly type: "simple";
      readonly text: string;
      readonly redirects: readonly Redirect[];
      readonly quiet: boolean;
    }
  | { readonly type: "block"; readonly commands: readonly Command[]; readonly redirects: readonly Redirect[] }
  | {
      readonly type: "if";
      readonly not: boolean;
      readonly ignoreCase: boolean;
      readonly condition: Condition;
      readonly body: Command;
      readonly otherwise: Command | undefined;
    }
  | {
      readonly type: "for";
      readonly kind: ForKind;
      readonly variable: string;
      readonly options: string;
      readonly set: string;
      readonly body: Command;
    }
  | {
      readonly type: "chain";
      readonly operator: "&" | "&&" | "||" | "|";
      readonly left: Command;
      readonly right: Command;
    };
