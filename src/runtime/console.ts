import type { Readable, Writable } from "node:stream";

/** stdin of a process, as far as it is used here. */
type Input = Readable & { readonly isTTY: boolean; setRawMode(mode: boolean): unknown };
/** Its stdout. */
type Output = Writable & { readonly isTTY: boolean; readonly columns: number; readonly rows: number };

/** Where a person sits at a debug session: a terminal, or pipes. */
export interface Console {
  /** Null where input and output are pipes. */
  readonly terminal: { readonly type: string; readonly columns: number; readonly rows: number } | null;
  /** Hands on what is typed until it is disposed of. A terminal then sends every key as it is, Ctrl-C among them. */
  attach(to: ConsoleListener): Disposable;
  /** Settles when a person leaves by ~. at the beginning of a line, as with ssh: the way out of a guest that hangs. */
  readonly left: Promise<void>;
}

export interface ConsoleListener {
  readonly data: (bytes: Buffer) => void;
  readonly end: () => void;
  readonly window: (columns: number, rows: number) => void;
}

/** The terminal of a process, or what it has in its place. Nothing is read before somebody attaches. */
export function openConsole(input: Input, output: Output, type: string | undefined): Console {
  const isTerminal = input.isTTY && output.isTTY;
  const left = Promise.withResolvers<void>();
  return {
    terminal: isTerminal ? { type: type ?? "xterm", columns: output.columns, rows: output.rows } : null,
    left: left.promise,
    attach(to) {
      const leaves = createEscape();
      const onData = (bytes: Buffer): void => {
        if (isTerminal && leaves(bytes)) left.resolve();
        else to.data(bytes);
      };
      const onResize = (): void => to.window(output.columns, output.rows);
      if (isTerminal) input.setRawMode(true);
      input.on("data", onData);
      input.on("end", to.end);
      output.on("resize", onResize);
      return {
        [Symbol.dispose]() {
          input.off("data", onData);
          input.off("end", to.end);
          output.off("resize", onResize);
          if (isTerminal) input.setRawMode(false);
          input.pause();
        },
      };
    },
  };
}

/** True for the bytes that complete Enter ~ . (or ~ . as the first keys of all). */
function createEscape(): (bytes: Uint8Array) => boolean {
  let recent = "\r";
  return (bytes) => {
    recent = (recent + Buffer.from(bytes).toString("latin1")).slice(-3);
    return /^[\r\n]~\.$/.test(recent);
  };
}
