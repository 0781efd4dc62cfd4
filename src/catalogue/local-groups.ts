import type { Family } from "./release.ts";

/** A local group of a Windows without a domain. */
export interface LocalGroup {
  /** In English. */
  readonly name: string;
  /** The first generation that has it. */
  readonly since: Family;
  /** Setup knows it by its English name on media of every language (A80); others have a translated name there. */
  readonly inEveryLanguage: boolean;
}

const known = (name: string, since: Family = "xp"): LocalGroup => ({ name, since, inEveryLanguage: true });
const english = (name: string, since: Family): LocalGroup => ({ name, since, inEveryLanguage: false });

/** Sources: Microsoft, "LocalAccount/Group" (those of every language), "Local accounts" and "Active Directory security groups". */
export const localGroups: readonly LocalGroup[] = [
  known("Administrators"),
  known("Users"),
  known("Guests"),
  known("Power Users"),
  known("Backup Operators"),
  known("Network Configuration Operators"),
  known("Remote Desktop Users"),
  known("Replicator"),
  known("Cryptographic Operators", "7"),
  known("Distributed COM Users", "7"),
  known("IIS_IUSRS", "7"),
  known("Performance Log Users", "7"),
  known("Performance Monitor Users", "7"),
  english("Event Log Readers", "7"),
  english("Access Control Assistance Operators", "8.1"),
  english("Hyper-V Administrators", "8.1"),
  english("Remote Management Users", "8.1"),
  english("System Managed Accounts Group", "10"),
];
