/** What the runtime exits with for a command's whole 32-bit code: nonzero never becomes zero. */
export function toProcessExitCode(code: number): number {
  return code >= 0 && code <= 255 ? code : 255;
}

/** Codes of Windows (NTSTATUS, msiexec) that are worth a word. */
const known: Readonly<Record<number, string>> = {
  1641: "success, a restart was started (msiexec)",
  3010: "success, a restart is needed (msiexec)",
  0xc000_0005: "access violation",
  0xc000_001d: "illegal instruction",
  0xc000_00fd: "stack overflow",
  0xc000_0135: "a DLL was not found",
  0xc000_013a: "ended by Ctrl-C",
  0xc000_0142: "a DLL failed to initialise",
  0xc000_0374: "heap corruption",
  0xc000_0409: "stack buffer overrun or abort()",
};

/** Such as `the command exited with 3221225477 (0xC0000005, access violation)`. */
export function describeExitCode(code: number, kind: "bash" | "cmd" | "powershell"): string {
  const hex = `0x${code
    .toString(16)
    .toUpperCase()
    .padStart(code > 0xffff ? 8 : 1, "0")}`;
  const word = known[code] ?? signalWord(code, kind);
  const shown =
    code > 255 ? ". A builder's exit code has 8 bits, so this one appears as 255 to whoever started it" : "";
  return `the command exited with ${code} (${hex}${word === undefined ? "" : `, ${word}`})${shown}`;
}

/** bash reports a command that was ended by signal N as 128 + N. */
function signalWord(code: number, kind: "bash" | "cmd" | "powershell"): string | undefined {
  return kind === "bash" && code > 128 && code <= 128 + 31 ? `ended by signal ${code - 128}` : undefined;
}
