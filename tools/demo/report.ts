/** What a person reads while the demo runs: numbered steps with the time each took. */
export interface Report {
  say(...lines: readonly string[]): void;
  step<T>(title: string, work: () => Promise<T>): Promise<T>;
  where(what: string, path: string): void;
  quote(text: string): void;
  end(): void;
}

export function openReport(): Report {
  const started = performance.now();
  const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;
  const write = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  let count = 0;
  return {
    say: (...lines) => lines.forEach(write),
    async step(title, work) {
      count += 1;
      write(`\n[${count}] ${title}   (${seconds(started)} since the start)`);
      const begun = performance.now();
      const value = await work();
      write(`    done in ${seconds(begun)}`);
      return value;
    },
    where: (what, path) => write(`    the ${what} is in ${path}`),
    quote: (text) =>
      text
        .trimEnd()
        .split("\n")
        .forEach((line) => write(`    > ${line}`)),
    end: () =>
      write(`\nAll of it worked, on the stand-in, in ${seconds(started)}. Nothing of it has run on Windows.`),
  };
}
