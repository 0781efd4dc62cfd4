import { localGroups } from "../../src/catalogue/local-groups.ts";
import { testFaults } from "./faults.ts";

const second = { name: "second", password: "Second-1" };
const ownGroups = "For other groups: net localgroup NAME USER /add in windows.commands.firstLogon.";
const allowed = localGroups.map(({ name }) => name).join(", ");

testFaults([
  {
    title: "a second account",
    windows: { accounts: [{ ...second, groups: ["administrators"] }] },
    faults: [],
  },
  {
    title: "a password that no policy would take",
    windows: { administrator: { password: "a" } },
    faults: [],
  },
  {
    title: "a name that stands twice, in whatever case",
    windows: { accounts: [second, { ...second, name: "Second" }, { ...second, name: "CASEMENT" }] },
    faults: [
      'windows.accounts[1].name: is the name of windows.accounts[0].name, too (case does not count), got "Second"',
      'windows.accounts[2].name: is the name of account.user, too (case does not count), got "CASEMENT"',
    ],
  },
  {
    title: "a built-in name",
    windows: {
      accounts: [
        { ...second, name: "administrator" },
        { ...second, name: "Guest" },
      ],
    },
    faults: [
      'windows.accounts[0].name: is a name that Windows, sshd or the controller uses itself, got "administrator" (The built-in account is enabled by windows.administrator.password.)',
      'windows.accounts[1].name: is a name that Windows, sshd or the controller uses itself, got "Guest"',
    ],
  },
  {
    title: "the computer's name",
    windows: { computerName: "SECOND", accounts: [second] },
    faults: ['windows.accounts[0].name: Windows refuses a user named like the computer, got "second"'],
  },
  {
    title: "a group that Windows does not have",
    windows: { accounts: [{ ...second, groups: ["Administrator", "Builders"] }] },
    faults: [
      `windows.accounts[0].groups[0]: is not a group that a fresh Windows has, got "Administrator"; allowed: ${allowed} (Did you mean Administrators?)`,
      `windows.accounts[0].groups[1]: is not a group that a fresh Windows has, got "Builders"; allowed: ${allowed} (${ownGroups})`,
    ],
  },
  {
    title: "a group that came with a later release",
    windows: { release: "windows-7", accounts: [{ ...second, groups: ["Hyper-V Administrators"] }] },
    faults: [
      'windows.accounts[0].groups[0]: Windows 7 SP1 does not have this group, got "Hyper-V Administrators"',
    ],
  },
  {
    title: "a group whose name is translated",
    windows: {
      language: "de-DE",
      accounts: [{ ...second, groups: ["Power Users", "Event Log Readers"] }],
    },
    faults: [
      `windows.accounts[0].groups[1]: has another name on a medium in de-DE, got "Event Log Readers" (${ownGroups})`,
    ],
  },
  {
    title: "a group twice",
    windows: { accounts: [{ ...second, groups: ["Users", "users"] }] },
    faults: ['windows.accounts[0].groups[1]: stands in the list twice, got "users"'],
  },
]);
