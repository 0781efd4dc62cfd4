/** What an install medium says of itself. What it does not say is null, and nothing is guessed in its place. */
export interface Medium {
  /** `i386`: a medium of Windows XP or Server 2003, which has no WIM. */
  readonly format: "wim" | "esd" | "swm" | "i386";
  /** The file on the medium that the images stand in, such as `sources/install.wim`. */
  readonly installFile: string;
  readonly label: string;
  readonly images: readonly [MediumImage, ...MediumImage[]];
  /** `Retail`, `Volume`, `OEM` or `Eval` of sources/ei.cfg, in its own spelling; null without the file. */
  readonly channel: string | null;
}

/** One image, which is one edition. */
export interface MediumImage {
  /** Counted from 1. */
  readonly index: number;
  readonly name: string;
  /** What Setup shows in its list, where it differs from the name. */
  readonly displayName: string | null;
  readonly description: string | null;
  /** Microsoft's id, such as `Professional` or `ServerStandardEval`. */
  readonly editionId: string | null;
  /** `Client`, `Server` or `Server Core`. */
  readonly installationType: string | null;
  readonly architecture: MediumArchitecture | null;
  readonly languages: readonly string[];
  readonly defaultLanguage: string | null;
  /** The kernel's build as the WIM has it, which is not always the one that Windows then shows (builds.ts). */
  readonly build: number | null;
  /** The update that is slipstreamed, such as 1742 of 26100.1742. */
  readonly update: number | null;
  readonly evaluation: boolean;
}

export type MediumArchitecture = "x86" | "amd64" | "arm64" | "arm" | "ia64";
