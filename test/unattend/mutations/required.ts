import { isFor } from "../../../src/unattend/answer-target.ts";
import { requirements } from "../../../src/unattend/check-no-questions.ts";
import { allAt, removeAt } from "../mutable-document.ts";
import { mutation, type Mutation, set, type Spoil, type Where } from "./mutation.ts";

/** Everything that has to be there, taken away or denied. */
export const required: readonly Mutation[] = requirements.flatMap((requirement) => {
  const { component, path, value, or = [], since, until, product } = requirement;
  const escaped = `${component}/${path}`.replaceAll("/", "\\/");
  const above = `${component.includes("Shell") ? "oobeSystem" : "windowsPE"}/${component}`;
  const where: Where = (target) => isFor(requirement, target);
  const drop: Spoil = (document) => {
    removeAt(document, `${above}/${path}`);
    const others = or.map((other) => `${above}/${other}`);
    for (const other of others) if (allAt(document, other).length > 0) removeAt(document, other);
  };
  const releases = [product, since, until].filter((word) => word !== undefined).join(" ") || "all";
  const dropped = mutation(`no ${path} (${releases})`, drop, new RegExp(`^${escaped}: missing; `), where);
  if (value === undefined) return [dropped];
  const want = new RegExp(`^${escaped}: has to be true, got false; `);
  return [dropped, mutation(`a ${path} of false`, set(`${above}/${path}`, "false"), want, where)];
});
