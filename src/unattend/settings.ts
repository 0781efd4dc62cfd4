/** What an answer file needs to know; resolved, nothing optional. The plan gives it, the renderer turns it into XML. */
export interface AnswerSettings {
  readonly architecture: "amd64";
  readonly firmware: "bios" | "uefi";
  readonly image:
    | { readonly kind: "index"; readonly index: number }
    | { readonly kind: "name"; readonly name: string };
  /** Selects the edition, does not activate; null on evaluation media. */
  readonly productKey: string | null;
  readonly locale: {
    /** Has to be the language of the medium, or Setup of 24H2 and later asks. */
    readonly uiLanguage: string;
    readonly systemLocale: string;
    readonly userLocale: string;
    /** A language, which stands for its usual keyboard, or such as `0409:00000409`. */
    readonly inputLocale: string;
  };
  /** Windows' English time zone id, such as `UTC`. */
  readonly timeZone: string;
  readonly computerName: string;
  readonly fullName: string;
  readonly organization: string;
  /** Local administrator that logs on once and owns the sessions. */
  readonly account: { readonly user: string; readonly password: string };
  readonly network: { readonly mac: string; readonly address: string; readonly prefixLength: number };
  /** LabConfig values for TPM, Secure Boot, memory, CPU and storage. */
  readonly requirementBypass: boolean;
  /** BypassNRO, for an OOBE that may insist on a network. */
  readonly networkBypass: boolean;
}
