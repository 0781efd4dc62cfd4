/** One generated file as a value; the writer alone touches the disk. */
export interface Artifact {
  /** Relative to the output folder, forward slashes. */
  readonly path: string;
  readonly content: Uint8Array | string;
}
