import type { AnswerSettings } from "../../src/unattend/settings.ts";

/** Settings that a plan could give; tests change what they are about. */
export function answerSettings(changes: Partial<AnswerSettings> = {}): AnswerSettings {
  return {
    architecture: "amd64",
    firmware: "uefi",
    image: { kind: "index", index: 6 },
    productKey: "W269N-WFGWX-YVC9B-4J6C9-T83GX",
    locale: { uiLanguage: "en-US", systemLocale: "en-US", userLocale: "en-US", inputLocale: "0409:00000409" },
    timeZone: "UTC",
    computerName: "CASEMENT",
    fullName: "Build",
    organization: "Example",
    account: { user: "build", password: "Secret-1" },
    network: { mac: "52:54:00:12:ab:01", address: "192.168.0.1", prefixLength: 24 },
    requirementBypass: true,
    networkBypass: true,
    ...changes,
  };
}
