import { PassThrough, type Readable } from "node:stream";
import type { Input } from "../contract/messages.ts";

/** What a person types while a request runs. */
export interface Typed {
  /** Everything that is typed, to its end. */
  readonly bytes: Readable;
  /** Called with each new size of the terminal. */
  onWindow(listener: (columns: number, rows: number) => void): void;
  deliver(input: Input): void;
}

/** Of a request that begins. */
export function createTyped(): Typed {
  const bytes = new PassThrough();
  let listener: (columns: number, rows: number) => void = () => undefined;
  return {
    bytes,
    onWindow(next) {
      listener = next;
    },
    deliver(input) {
      if (input.type === "input") bytes.write(Buffer.from(input.data, "base64"));
      else if (input.type === "end-of-input") bytes.end();
      else listener(input.columns, input.rows);
    },
  };
}
