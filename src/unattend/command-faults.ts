/** What a look at a command line tells of it. */
export interface CommandFault {
  readonly kind: "restart" | "firewall" | "letter" | "lines";
  /** Without the command itself, which whoever reports it shows in its own way. */
  readonly message: string;
}

/** What is wrong with a command line in a pass; for the answer file's check and for specs, so that both say the same. */
export function faultsOfCommand(text: string, pass: string): CommandFault[] {
  return rules
    .filter((rule) => rule.passes?.includes(pass) ?? true)
    .filter((rule) => rule.pattern.test(text.trim()))
    .map(({ kind, message }) => ({ kind, message }));
}

interface Rule extends CommandFault {
  readonly pattern: RegExp;
  readonly passes?: readonly string[];
}

const letterMessage =
  "letters of CDs and further disks change with the drives; look for a file on all of them (for %i in (D E F G) do if exist %i:\\FILE …)";

const rules: readonly Rule[] = [
  {
    // Microsoft, runsynchronouscommand-path.
    kind: "restart",
    pattern:
      /(^|[\s"'&|(\\/])(shutdown(\.exe)?"?(?!"?\s+[/-]a)(\s|$)|wpeutil(\.exe)?"?\s+(reboot|shutdown)\b|(restart|stop)-computer\b)/i,
    passes: ["windowsPE", "specialize"],
    message: "restarts or stops Windows in the middle of Setup, which then begins again or fails",
  },
  {
    // Microsoft, "Configure Windows Firewall": netsh advfirewall fails in specialize.
    kind: "firewall",
    pattern: /\bnetsh(\.exe)?"?\s+advfirewall\b/i,
    passes: ["specialize"],
    message: "netsh advfirewall does not work in this pass",
  },
  // A: is the floppy and C: the disk; a loop's %i:\ is what is wanted (Microsoft, winpe-identify-drive-letters).
  {
    kind: "letter",
    pattern: /(?<![%\w])[BD-Z]:[\\/]/i,
    passes: ["specialize", "auditSystem", "auditUser", "oobeSystem"],
    message: letterMessage,
  },
  // WinPE itself runs from X:.
  { kind: "letter", pattern: /(?<![%\w])[BD-WYZ]:[\\/]/i, passes: ["windowsPE"], message: letterMessage },
  { kind: "lines", pattern: /[\r\n]/, message: "a command is one line" },
];
