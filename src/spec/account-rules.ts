import { localGroups } from "../catalogue/local-groups.ts";
import type { Family } from "../catalogue/release.ts";
import { nearest } from "../text/nearest.ts";
import type { Fault } from "./issues.ts";
import type { Subject } from "./rule-subject.ts";
import type { Spec } from "./schema.ts";
import { showValue } from "./show.ts";

/** Rules about users that hold for every release. */
export const accountRules: readonly ((spec: Spec) => Fault[])[] = [
  usersAreNotReserved,
  usersAreNotTheComputer,
  usersDiffer,
  groupsDiffer,
];

/** Local groups go by their English names in an answer file, and not every release and every language has each of them. */
export function groupsAreKnown({ spec, release }: Subject): Fault[] {
  const { accounts, language } = spec.windows;
  return accounts.flatMap((account, index) =>
    account.groups.flatMap((group, place) => {
      const path = ["windows", "accounts", index, "groups", place];
      const known = localGroups.find(({ name }) => sameName(name, group));
      if (known === undefined) return [unknownGroup(path, group)];
      if (families.indexOf(known.since) > families.indexOf(release.family)) {
        return [{ path, message: `${release.title} does not have this group, got ${showValue(group)}` }];
      }
      if (known.inEveryLanguage || language.startsWith("en-")) return [];
      return [
        {
          path,
          message: `has another name on a medium in ${language}, got ${showValue(group)}`,
          hint: ownGroups,
        },
      ];
    }),
  );
}

const ownGroups = "For other groups: net localgroup NAME USER /add in windows.commands.firstLogon.";

const families: readonly Family[] = ["xp", "7", "8.1", "10", "11"];

function unknownGroup(path: Fault["path"], group: string): Fault {
  const names = localGroups.map(({ name }) => name);
  const close = nearest(group, names);
  return {
    path,
    message: `is not a group that a fresh Windows has, got ${showValue(group)}; allowed: ${names.join(", ")}`,
    hint: close === undefined ? ownGroups : `Did you mean ${close}?`,
  };
}

// Accounts and groups that Windows or Cygwin's sshd brings along, and those of the controller, where the same name serves
// Samba; NONE is refused by Setup.
const reservedUsers = new Set(
  [
    "administrator administrators defaultaccount guest guests none sshd users wdagutilityaccount",
    "defaultuser0 helpassistant homegroupuser$ support_388945a0",
    "anonymous batch everyone interactive localservice network networkservice service system",
    "messagebus nobody nogroup root",
  ].flatMap((line) => line.split(" ")),
);

// Its profile would be a folder of that name, which Windows keeps for devices.
const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

function usersAreNotReserved(spec: Spec): Fault[] {
  return usersOf(spec)
    .filter(({ name }) => reservedUsers.has(name.toLowerCase()) || deviceName.test(name))
    .map(({ path, name }) => {
      const fault = {
        path,
        message: `is a name that Windows, sshd or the controller uses itself, got ${showValue(name)}`,
      };
      return name.toLowerCase() === "administrator"
        ? { ...fault, hint: "The built-in account is enabled by windows.administrator.password." }
        : fault;
    });
}

function usersAreNotTheComputer(spec: Spec): Fault[] {
  const computer = spec.windows.computerName;
  if (computer === undefined) return [];
  return usersOf(spec)
    .filter(({ name }) => sameName(name, computer))
    .map(({ path, name }) => ({
      path,
      message: `Windows refuses a user named like the computer, got ${showValue(name)}`,
    }));
}

function usersDiffer(spec: Spec): Fault[] {
  const users = usersOf(spec);
  return users.flatMap(({ path, name }, index) => {
    const first = users.findIndex((user) => sameName(user.name, name));
    if (first === index) return [];
    const other = first === 0 ? "account.user" : `windows.accounts[${first - 1}].name`;
    return [{ path, message: `is the name of ${other}, too (case does not count), got ${showValue(name)}` }];
  });
}

function groupsDiffer(spec: Spec): Fault[] {
  return spec.windows.accounts.flatMap(({ groups }, index) =>
    groups.flatMap((group, place) =>
      groups.findIndex((other) => sameName(other, group)) === place
        ? []
        : [
            {
              path: ["windows", "accounts", index, "groups", place],
              message: `stands in the list twice, got ${showValue(group)}`,
            },
          ],
    ),
  );
}

/** The account that commands run as, then the others. */
function usersOf(spec: Spec): { readonly path: Fault["path"]; readonly name: string }[] {
  return [
    { path: ["account", "user"], name: spec.account.user },
    ...spec.windows.accounts.map(({ name }, index) => ({
      path: ["windows", "accounts", index, "name"],
      name,
    })),
  ];
}

function sameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
