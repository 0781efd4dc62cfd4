import { accounts } from "./accounts.ts";
import { commands } from "./commands.ts";
import { disks } from "./disks.ts";
import { lists } from "./lists.ts";
import type { Mutation } from "./mutation.ts";
import { names } from "./names.ts";
import { required } from "./required.ts";
import { values } from "./values.ts";

/** All kinds of mutations. */
export const mutations: readonly Mutation[] = [
  ...names,
  ...values,
  ...lists,
  ...disks,
  ...accounts,
  ...commands,
  ...required,
];
