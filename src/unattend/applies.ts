import type { Architecture, Family } from "../catalogue/release.ts";
import type { AnswerSettings, Behaviour } from "./settings.ts";

/** Releases that are installed by an Autounattend.xml; XP and Server 2003 have winnt.sif. */
export type AnswerFamily = Exclude<Family, "xp">;

/** For which machines a setting or a command is; every condition given has to hold, and without any it is for all. */
export interface Applicability {
  /** The first generation that has it. */
  readonly since?: AnswerFamily;
  /** The last generation that has it. */
  readonly until?: AnswerFamily;
  readonly product?: "client" | "server";
  readonly architectures?: readonly Architecture[];
  /** Where this behaviour is wanted. */
  readonly on?: keyof Behaviour;
  /** Where this behaviour is not wanted. */
  readonly off?: keyof Behaviour;
  /** Where this check is to be passed over. */
  readonly bypass?: "requirementBypass" | "networkBypass";
}

/** Whether something with these conditions belongs into the answer file of these settings. */
export function applies(where: Applicability, settings: AnswerSettings): boolean {
  const { behaviour, family } = settings;
  return (
    (where.since === undefined || place(family) >= place(where.since)) &&
    (where.until === undefined || place(family) <= place(where.until)) &&
    (where.product === undefined || where.product === settings.product) &&
    (where.architectures === undefined || where.architectures.includes(settings.architecture)) &&
    (where.on === undefined || behaviour[where.on]) &&
    (where.off === undefined || !behaviour[where.off]) &&
    (where.bypass === undefined || settings[where.bypass])
  );
}

const families: readonly Family[] = ["xp", "7", "8.1", "10", "11"];

function place(family: Family): number {
  return families.indexOf(family);
}
