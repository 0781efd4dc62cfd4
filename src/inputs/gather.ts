import { randomInt } from "node:crypto";
import type { PlanInputs } from "../plan/plan.ts";
import type { Spec } from "../spec/schema.ts";

/** What the plan needs from outside: the password of the existing manifest, or a fresh one, and the files that were read. */
export function gatherInputs(
  spec: Spec,
  manifest: { readonly password: string | null } | undefined,
  files: PlanInputs["files"] = new Map(),
): PlanInputs {
  return { password: spec.account.password ?? manifest?.password ?? makePassword(), files };
}

const lower = "abcdefghjkmnpqrstuvwxyz";
const upper = "ABCDEFGHJKLMNPQRSTUVWXYZ";
const digits = "23456789";

// 14 characters: for longer ones `net user` asks whether old Windows matter. One of each kind, because servers want that.
function makePassword(): string {
  const all = lower + upper + digits;
  for (;;) {
    const password = Array.from({ length: 14 }, () => all[randomInt(all.length)]).join("");
    if (/[a-z]/.test(password) && /[A-Z]/.test(password) && /\d/.test(password)) return password;
  }
}
