import { InternalError } from "../errors.ts";
import { generated } from "../contract/filenames.ts";
import { type Machine, machineSchema, machineVersion } from "../contract/machine.ts";
import type { Plan } from "../plan/plan.ts";
import type { Artifact } from "./artifact.ts";

/** The contract with nix/ and the runtime. Throws InternalError for a plan that the contract refuses. */
export function renderMachine(plan: Plan): Artifact {
  return { path: generated.machine, content: `${JSON.stringify(buildMachine(plan), null, 2)}\n` };
}

/** The contract as data. Throws InternalError for a plan that the contract refuses. */
export function buildMachine(plan: Plan): Machine {
  return assertMachine({
    version: machineVersion,
    name: plan.name,
    release: plan.release.id,
    architecture: plan.release.architecture,
    drivers: { virtioWin: plan.setup.virtioWin, folders: plan.setup.driverFolders },
    medium: {
      image: plan.setup.image,
      edition: plan.edition.id,
      language: plan.setup.language,
      build: plan.release.build,
      evaluation: plan.edition.evaluation,
      productKey: plan.setup.productKey !== null,
    },
    iso: plan.iso,
    isoPage: plan.isoPage,
    hardware: plan.hardware,
    access: { kind: plan.access, ...plan.account },
    desktop: plan.desktop,
    image: plan.image,
    snapshot: plan.snapshot,
    run: plan.run,
    controller: plan.controller,
    nix: plan.nix,
    evaluationExpires: plan.evaluationExpires,
  });
}

function assertMachine(machine: unknown): Machine {
  const parsed = machineSchema.safeParse(machine);
  if (parsed.success) return parsed.data;
  throw new InternalError(`${generated.machine} would break its own contract: ${parsed.error.message}`);
}
