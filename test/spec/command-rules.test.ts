import { testFaults } from "./faults.ts";

const long = "x".repeat(260);

testFaults([
  {
    title: "commands of the longest kind",
    windows: {
      commands: {
        windowsPE: [long.slice(1)],
        specialize: [long.slice(1), "shutdown /a", "echo shutdowns"],
        firstLogon: [`echo ${long}`, "netsh advfirewall set allprofiles state off"],
      },
    },
    faults: [],
  },
  {
    title: "a command that Setup cannot parse",
    windows: { commands: { windowsPE: [long], specialize: [`${"😀".repeat(129)}ab`] } },
    faults: [
      `windows.commands.windowsPE[0]: has to be at most 259 characters long, got 260: "${"x".repeat(59)}… (262 characters) (Put the rest into a batch file (windows.files), or into windows.commands.firstLogon.)`,
      `windows.commands.specialize[0]: has to be at most 259 characters long, got 260: "${"😀".repeat(29)}\ud83d… (262 characters) (Put the rest into a batch file (windows.files), or into windows.commands.firstLogon.)`,
    ],
  },
  {
    title: "a block that stays open at the end of its line",
    windows: { commands: { firstLogon: ["if exist a (echo a)", "if exist a ("] } },
    faults: [
      'windows.commands.firstLogon[1]: a block has to end on the line on which it begins, got "if exist a (" (Put it into a batch file (windows.files), and call that from %MEDIUM%\\files.)',
    ],
  },
  ...[
    "shutdown /r /t 0",
    'cmd /c "C:\\Windows\\System32\\shutdown.exe -s"',
    "cmd /c (echo a & SHUTDOWN /s)",
    "wpeutil reboot",
    'powershell -Command "Restart-Computer"',
  ].map((command) => ({
    title: `${command} in the middle of Setup`,
    windows: { commands: { specialize: [command] } },
    faults: [
      `windows.commands.specialize[0]: restarts or stops Windows in the middle of Setup, which then begins again or fails, got ${JSON.stringify(command)} (Setup restarts by itself after this pass; later restarts are casement's own.)`,
    ],
  })),
  {
    title: "the letter of a CD, which changes, and not that of a loop, of the disk or of WinPE",
    windows: {
      commands: {
        windowsPE: ["X:\\windows\\system32\\cmd /c ver", "E:\\a.cmd"],
        specialize: ["cmd /c for %i in (D E) do if exist %i:\\a.cmd call %i:\\a.cmd", "C:\\a.cmd"],
        firstLogon: ["echo E:\\"],
      },
    },
    faults: [
      'windows.commands.windowsPE[1]: letters of CDs and further disks change with the drives; look for a file on all of them (for %i in (D E F G) do if exist %i:\\FILE …), got "E:\\\\a.cmd" (In windows.commands.firstLogon, %MEDIUM% is the bootstrap medium\'s drive.)',
    ],
  },
  {
    title: "netsh advfirewall in specialize",
    windows: { commands: { specialize: ["netsh advfirewall set allprofiles state off"] } },
    faults: [
      'windows.commands.specialize[0]: netsh advfirewall does not work in this pass, got "netsh advfirewall set allprofiles state off" (Use windows.behaviour.firewall, or put the command into windows.commands.firstLogon.)',
    ],
  },
]);
