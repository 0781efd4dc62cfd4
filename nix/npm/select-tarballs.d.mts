export interface SelectedTarball {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
  readonly file: string;
  readonly paths: readonly string[];
  readonly bin: Readonly<Record<string, string>>;
}
export function selectTarballs(lock: unknown): SelectedTarball[];
export function tarballFileName(name: string, version: string): string;
