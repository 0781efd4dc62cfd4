/** Windows' environment: names compare without case and keep the spelling of their first setting. */
export class Environment {
  readonly #entries = new Map<string, { name: string; value: string }>();

  get(name: string): string | undefined {
    return this.#entries.get(name.toUpperCase())?.value;
  }

  /** An empty value deletes, as in cmd. */
  set(name: string, value: string): void {
    const key = name.toUpperCase();
    if (value === "") this.#entries.delete(key);
    else this.#entries.set(key, { name: this.#entries.get(key)?.name ?? name, value });
  }

  copy(): Environment {
    const copy = new Environment();
    for (const { name, value } of this.#entries.values()) copy.set(name, value);
    return copy;
  }

  /** Sorted as `set` prints them. */
  list(): { readonly name: string; readonly value: string }[] {
    return [...this.#entries.values()].sort((a, b) => (a.name.toUpperCase() < b.name.toUpperCase() ? -1 : 1));
  }

  upperCaseMap(): Map<string, string> {
    return new Map([...this.#entries].map(([key, { value }]) => [key, value]));
  }
}
