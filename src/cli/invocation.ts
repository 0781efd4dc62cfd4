/** How casement was called: what main.ts read from the process, so that nothing else has to. */
export interface Invocation {
  /** Without the programs' names. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}
