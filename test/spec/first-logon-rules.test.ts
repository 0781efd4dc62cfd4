import { testFaults } from "./faults.ts";

testFaults([
  {
    title: "a command with everything that a batch file's line can hold",
    windows: { commands: { firstLogon: ['for %%f in (a b) do @echo "%%~f" ^& %PATH% !x! > c.txt 2>&1'] } },
    faults: [],
  },
  {
    title: "a command outside ASCII",
    windows: { commands: { firstLogon: ["ver", "echo Größe"] } },
    faults: [
      'windows.commands.firstLogon[1]: has to be ASCII, because the code page decides what else a batch file says, got "ö" in "echo Größe" (Put the text into a file of windows.files, and read it from %MEDIUM%\\files.)',
    ],
  },
  {
    title: "a command that continues on the next line",
    windows: { commands: { firstLogon: ["echo a ^"] } },
    faults: ['windows.commands.firstLogon[0]: a ^ at the end takes the next line with it, got "echo a ^"'],
  },
]);
