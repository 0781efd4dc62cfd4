/** What was found on a machine and in a project; judge-*.ts say what it means. */
export interface Facts {
  /** Undefined where there is no Nix on PATH. */
  readonly nix: NixFacts | undefined;
  readonly host: HostFacts;
  readonly kvm: KvmFacts;
  /** Undefined where there is no spec, or one that is refused. */
  readonly project: ProjectFacts | undefined;
}

export interface NixFacts {
  /** As `nix --version` says it, such as `nix (Nix) 2.26.3`. */
  readonly version: string;
  /** Null where Nix does not tell. */
  readonly settings: NixSettings | null;
  /** Such as `daemon` or `local`; null where the store cannot be reached. */
  readonly storeUrl: string | null;
  readonly builders: readonly RemoteBuilder[];
}

/** Nix' settings that matter, as the user's own Nix sees them. */
export interface NixSettings {
  readonly experimentalFeatures: readonly string[];
  readonly sandbox: "on" | "relaxed" | "off";
  readonly systemFeatures: readonly string[];
  /** False where Nix found them out by itself: a daemon, which is root, then has a list of its own. */
  readonly systemFeaturesAreGiven: boolean;
  /** Empty: builds run as whoever builds. */
  readonly buildUsersGroup: string;
  readonly autoAllocateUids: boolean;
  /** Seconds; 0 is without end. */
  readonly maxSilentTime: number;
  readonly timeout: number;
  readonly buildDir: string | null;
}

export interface RemoteBuilder {
  readonly uri: string;
  readonly systems: readonly string[];
  readonly features: readonly string[];
  /** Those of its features that a build has to want to be sent there. */
  readonly mandatory: readonly string[];
}

export interface HostFacts {
  /** As Nix calls it, such as `x86_64-linux`. */
  readonly system: string;
  readonly uid: number;
  /** Of this process, supplementary ones too. */
  readonly gids: readonly number[];
  /** Names of groups -> their numbers. */
  readonly groups: ReadonlyMap<string, number>;
  /** Null where the kernel does not tell. */
  readonly memory: { readonly totalMiB: number; readonly availableMiB: number } | null;
  readonly storeRoom: Room | null;
  readonly buildRoom: Room | null;
}

export interface Room {
  readonly folder: string;
  readonly freeMiB: number;
}

export interface KvmFacts {
  /** Undefined where there is none. */
  readonly device: { readonly mode: number; readonly uid: number; readonly gid: number } | undefined;
  readonly cpuFlags: readonly string[];
  /** Loaded kernel modules. */
  readonly modules: readonly string[];
}

export interface ProjectFacts {
  readonly accelerator: "kvm" | "tcg";
  /** What a builder has to offer, `kvm` among it where the accelerator is. */
  readonly requiredFeatures: readonly string[];
  readonly memoryMiB: number;
  readonly controllerMiB: number;
  readonly diskGiB: number;
  /** How long the installation may take at most. */
  readonly installMinutes: number;
  readonly access: "cygwin" | "openssh";
  readonly isLocked: boolean;
  /** Null where the spec names none. */
  readonly iso: IsoFacts | null;
  /** Paths of the generated folder that are not as the spec says; `missing` where there is no folder. */
  readonly stale: readonly string[] | "missing";
  /** Where git does not know the generated folder: what to run, so that it does, and whether it ignores files of it. */
  readonly untracked: { readonly command: string; readonly isIgnored: boolean } | undefined;
  /** What flake.nix beside the spec says, comments left out; undefined where there is none. */
  readonly flake: string | undefined;
}

export interface IsoFacts {
  readonly name: string;
  /** Where Nix fetches it from; null where somebody has to add it. */
  readonly url: string | null;
  /** Null where there was no Nix to ask. */
  readonly store: { readonly path: string; readonly isThere: boolean; readonly isKept: boolean } | null;
}
