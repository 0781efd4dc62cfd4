import type { Dependency, PackageVersion, SetupHeaders, SetupIni, SetupPackage } from "./setup-ini.ts";

/** What a version is while its lines come in. */
type Draft = { -readonly [Key in keyof PackageVersion]?: PackageVersion[Key] | undefined };

/**
 * Puts the items of a list together the way setup's IniDBBuilderPackage does: a version is whole when the next section
 * or package starts, and dependencies stay in force for the sections below until others are given.
 */
export class Builder {
  #headers: SetupHeaders = {};
  readonly #packages: SetupPackage[] = [];
  #package: SetupPackage | undefined;
  #versions: PackageVersion[] = [];
  #section = "curr";
  #draft: Draft = {};
  #depends: readonly Dependency[] = [];

  get inPackage(): boolean {
    return this.#package !== undefined;
  }

  setHeader<Key extends keyof SetupHeaders>(key: Key, value: NonNullable<SetupHeaders[Key]>): void {
    this.#headers = { ...this.#headers, [key]: value };
  }

  startPackage(name: string): void {
    this.#endPackage();
    this.#package = { name, categories: [], replaceVersions: [], versions: [] };
    this.#section = "curr";
    this.#depends = [];
  }

  startSection(name: string): void {
    this.#endVersion();
    this.#section = name;
  }

  setPackage<Key extends keyof SetupPackage>(key: Key, value: NonNullable<SetupPackage[Key]>): void {
    if (this.#package !== undefined) this.#package = { ...this.#package, [key]: value };
  }

  version(version: string): void {
    this.#draft.version = version;
  }

  depends(dependencies: readonly Dependency[]): void {
    this.#depends = dependencies;
  }

  set<Key extends keyof PackageVersion>(key: Key, value: NonNullable<PackageVersion[Key]>): void {
    this.#draft[key] = value;
  }

  finish(): SetupIni {
    this.#endPackage();
    return { headers: this.#headers, packages: this.#packages };
  }

  #endPackage(): void {
    this.#endVersion();
    if (this.#package !== undefined) this.#packages.push({ ...this.#package, versions: this.#versions });
    this.#package = undefined;
    this.#versions = [];
  }

  // A section without a version is none.
  #endVersion(): void {
    const { version, install, source, sourcePackage, provides, ...rest } = this.#draft;
    this.#draft = {};
    if (version === undefined) return;
    this.#versions.push({
      section: this.#section,
      version,
      ...(install === undefined ? {} : { install }),
      ...(source === undefined ? {} : { source }),
      ...(sourcePackage === undefined ? {} : { sourcePackage }),
      depends: this.#depends,
      buildDepends: rest.buildDepends ?? [],
      obsoletes: rest.obsoletes ?? [],
      ...(provides === undefined ? {} : { provides }),
      conflicts: rest.conflicts ?? [],
    });
  }
}
