export interface SelectedTarball {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
  readonly file: string;
  readonly paths: readonly string[];
}
export function selectTarballs(lock: unknown): SelectedTarball[];
export function hashSelection(packages: readonly SelectedTarball[]): string;
