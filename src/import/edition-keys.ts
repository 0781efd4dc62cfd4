import type { Edition, Family, Release } from "../catalogue/release.ts";

/**
 * Public keys that files in the wild carry and that the catalogue has another of, each with the edition that it selects:
 * generic ones of 10 and 11 (schneegans/unattend-generator, WindowsEdition.json) and of 8.1 (dockur/windows,
 * win81x64-enterprise.xml), KMS client keys (Microsoft, kms-client-activation-keys.md).
 */
const further: Readonly<Record<string, { readonly families: readonly Family[]; readonly edition: string }>> =
  {
    "XGVPP-NMH47-7TTHJ-W3FW7-8HV2C": { families: ["10", "11"], edition: "Enterprise" },
    "YNMGQ-8RYV3-4PGQ3-C8XTP-7CFBY": { families: ["10", "11"], edition: "Education" },
    "W269N-WFGWX-YVC9B-4J6C9-T83GX": { families: ["10", "11"], edition: "Pro" },
    "FHQNR-XYXYC-8PMHT-TV4PH-DRQ3H": { families: ["8.1"], edition: "Enterprise" },
    "FJ82H-XT6CR-J8D7P-XQJJ2-GPDD4": { families: ["7"], edition: "Professional" },
  };

/** Whether a key is a public one that selects this edition of a release. */
export function selectsEdition(key: string | undefined, edition: Edition, { family }: Release): boolean {
  if (key === undefined) return false;
  if (edition.productKey === key) return true;
  const known = further[key];
  return known?.edition === edition.id && known.families.includes(family);
}
