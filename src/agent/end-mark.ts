import type { OutputSink } from "./login.ts";

/** Watches both streams of a session for the line that ends them, and hands on everything but that line. */
export interface EndMark {
  readonly sink: OutputSink;
  /** Settles with the status that the line names, when both streams have had it and what came before is taken. */
  readonly seen: Promise<number>;
  /** Hands on what was held back, where a session has ended without it. */
  flush(): Promise<void>;
}

/** `mark` and a status stand at the end of each stream, on a line of their own or behind an unfinished one. What comes after it is nobody's. */
export function createEndMark(mark: string, sink: OutputSink): EndMark {
  const seen = Promise.withResolvers<number>();
  const word = Buffer.from(`${mark} `);
  const held = new Map<"stdout" | "stderr", Buffer>();
  const ended = new Set<"stdout" | "stderr">();
  return {
    seen: seen.promise,
    sink: async (stream, data) => {
      if (ended.has(stream)) return;
      const bytes = Buffer.concat([held.get(stream) ?? Buffer.alloc(0), data]);
      const at = bytes.indexOf(word);
      // It may be cut in two: what could be its beginning waits for the rest.
      const until = at < 0 ? bytes.length - beginningAtEnd(bytes, word) : at;
      held.set(stream, bytes.subarray(until));
      if (until > 0) await sink(stream, bytes.subarray(0, until));
      const status = at < 0 ? undefined : /^(\d+)\r?\n/.exec(bytes.toString("latin1", at + word.length))?.[1];
      if (status === undefined) return;
      ended.add(stream);
      if (ended.size === 2) seen.resolve(Number(status));
    },
    async flush() {
      for (const [stream, bytes] of held) {
        if (!ended.has(stream) && bytes.length > 0) await sink(stream, bytes);
      }
    },
  };
}

/** How many of the last bytes are the first ones of the word, and not all of it. */
function beginningAtEnd(bytes: Buffer, word: Buffer): number {
  for (let length = Math.min(word.length - 1, bytes.length); length > 0; length -= 1) {
    if (bytes.subarray(bytes.length - length).equals(word.subarray(0, length))) return length;
  }
  return 0;
}
