import type { Family } from "./release.ts";

/**
 * Local groups of a Windows without a domain, by their English names, which an answer file takes in every language; with
 * the first generation that has them. Source: Microsoft, "Local accounts" and "Active Directory security groups".
 */
export const localGroups: readonly { readonly name: string; readonly since: Family }[] = [
  { name: "Administrators", since: "xp" },
  { name: "Users", since: "xp" },
  { name: "Guests", since: "xp" },
  { name: "Power Users", since: "xp" },
  { name: "Backup Operators", since: "xp" },
  { name: "Network Configuration Operators", since: "xp" },
  { name: "Remote Desktop Users", since: "xp" },
  { name: "Replicator", since: "xp" },
  { name: "Cryptographic Operators", since: "7" },
  { name: "Distributed COM Users", since: "7" },
  { name: "Event Log Readers", since: "7" },
  { name: "IIS_IUSRS", since: "7" },
  { name: "Performance Log Users", since: "7" },
  { name: "Performance Monitor Users", since: "7" },
  { name: "Access Control Assistance Operators", since: "8.1" },
  { name: "Hyper-V Administrators", since: "8.1" },
  { name: "Remote Management Users", since: "8.1" },
  { name: "System Managed Accounts Group", since: "10" },
];
