import type { Console, ConsoleListener } from "../../src/runtime/console.ts";

/** A console without a person: tests type. */
export interface ScriptedConsole {
  readonly console: Console;
  readonly typing: {
    /** Waits until somebody listens, and types. */
    type(text: string): Promise<void>;
    end(): Promise<void>;
    resize(columns: number, rows: number): Promise<void>;
    leave(): void;
  };
}

export function createScriptedConsole(terminal: Console["terminal"] = null): ScriptedConsole {
  const attached = Promise.withResolvers<ConsoleListener>();
  const left = Promise.withResolvers<void>();
  return {
    console: {
      terminal,
      left: left.promise,
      attach(to) {
        attached.resolve(to);
        return { [Symbol.dispose]: () => undefined };
      },
    },
    typing: {
      type: async (text) => (await attached.promise).data(Buffer.from(text)),
      end: async () => (await attached.promise).end(),
      resize: async (columns, rows) => (await attached.promise).window(columns, rows),
      leave: () => left.resolve(),
    },
  };
}
