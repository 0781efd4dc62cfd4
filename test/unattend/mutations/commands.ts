import { addAt, at, element } from "../mutable-document.ts";
import {
  add,
  command,
  deployment,
  first,
  type Mutation,
  mutation,
  peCommand,
  remove,
  set,
  seven,
  shell,
} from "./mutation.ts";

const reseal = element("Reseal", [element("ForceShutdownNow", "true"), element("Mode", "OOBE")]);

/** Commands, and what else ends an installation. */
export const commands: readonly Mutation[] = [
  mutation(
    "netsh advfirewall in specialize",
    set(`${command}/Path`, "netsh advfirewall set allprofiles state off"),
    /^specialize\/.*Path: netsh advfirewall does not work/,
  ),
  mutation(
    "a restart in specialize",
    set(`${command}/Path`, 'cmd /c "ver & shutdown /r /t 0"'),
    /^specialize\/.*Path: restarts or stops Windows in the middle of Setup/,
  ),
  mutation(
    "a restart by PowerShell in specialize",
    set(`${command}/Path`, "powershell -c Restart-Computer"),
    /^specialize\/.*Path: restarts or stops Windows in the middle of Setup/,
  ),
  mutation(
    "a restart in windowsPE",
    set(`${peCommand}/Path`, "wpeutil reboot"),
    /^windowsPE\/.*Path: restarts or stops Windows in the middle of Setup/,
  ),
  mutation(
    "the letter of a CD in a command",
    set(`${command}/Path`, "cmd /c E:\\setup.cmd"),
    /^specialize\/.*Path: letters of CDs .* change/,
  ),
  mutation(
    "the letter of a CD at the first logon",
    set(`${first}/CommandLine`, "D:\\x.cmd"),
    /CommandLine: letters of CDs .* change/,
  ),
  mutation(
    "WinPE's letter after WinPE",
    set(`${command}/Path`, "X:\\x.cmd"),
    /^specialize\/.*Path: letters of CDs/,
  ),
  mutation("a command of two lines", set(`${command}/Path`, "ver\r\nver"), /Path: a command is one line/),
  mutation(
    "a shutdown by Reseal",
    (document) => {
      const component = { ...structuredClone(at(document, deployment)), children: [structuredClone(reseal)] };
      addAt(document, "oobeSystem", component);
    },
    /Deployment\/Reseal\/ForceShutdownNow: may not be true/,
  ),
  mutation(
    "a first start that is left out",
    add(`${shell}/OOBE`, element("SkipMachineOOBE", "true")),
    /OOBE\/SkipMachineOOBE: may not be true/,
    seven,
  ),
  mutation("no windowsPE pass", remove("windowsPE"), /^windowsPE: the pass is missing/),
];
