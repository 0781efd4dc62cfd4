/** A setup.ini as data: every list of packages that Cygwin's setup reads has this form. */
export interface SetupIni {
  readonly headers: SetupHeaders;
  /** In the order of the list. */
  readonly packages: readonly SetupPackage[];
}

export interface SetupHeaders {
  readonly release?: string;
  readonly arch?: string;
  /** Seconds since 1970. */
  readonly timestamp?: number;
  readonly setupVersion?: string;
  /** Of the setup program that may read the list. */
  readonly minimumVersion?: string;
}

export interface SetupPackage {
  readonly name: string;
  readonly summary?: string;
  readonly description?: string;
  readonly categories: readonly string[];
  readonly message?: { readonly id: string; readonly text: string };
  /** Versions that are replaced where they are installed, even by older ones. */
  readonly replaceVersions: readonly string[];
  readonly versions: readonly PackageVersion[];
}

/** One version of a package; the sections before the first `[…]` line are `curr`. */
export interface PackageVersion {
  /** `curr`, `prev`, `test` (also written `[exp]`) or any other name. */
  readonly section: string;
  readonly version: string;
  /** Absent where the list names sources only. */
  readonly install?: Archive;
  readonly source?: Archive;
  readonly sourcePackage?: { readonly name: string; readonly version?: string };
  /** From `requires:`, `depends:` or `depends2:`, whichever came last; like setup, a section without any keeps the ones before. */
  readonly depends: readonly Dependency[];
  readonly buildDepends: readonly Dependency[];
  readonly obsoletes: readonly Dependency[];
  /** Absent where the list says nothing, which is not the same as nothing: setup then lets a package provide what it obsoletes. */
  readonly provides?: readonly Dependency[];
  readonly conflicts: readonly Dependency[];
}

export interface Archive {
  /** Relative to the archive's root. */
  readonly path: string;
  readonly size: number;
  readonly hash: { readonly kind: "md5" | "sha512"; readonly hex: string };
}

/** A package by name, perhaps of certain versions. */
export interface Dependency {
  readonly name: string;
  readonly constraint?: { readonly operator: Operator; readonly version: string };
}

export type Operator = "=" | "<" | ">" | "<=" | ">=";

/** A dependency as setup.ini writes it: `name` or `name (>= 1.2-3)`. */
export function formatDependency({ name, constraint }: Dependency): string {
  return constraint === undefined ? name : `${name} (${constraint.operator} ${constraint.version})`;
}
