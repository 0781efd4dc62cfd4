/** A line of output with what it is, which decides its colour. */
export interface Line {
  readonly kind: "head" | "file" | "place" | "removed" | "added" | "same";
  readonly text: string;
}
