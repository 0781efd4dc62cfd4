/**
 * What is wrong with a command line in a pass, as far as a look at it tells; each a message that ends with the command.
 * For the answer file's validator and for specs, so that both say the same.
 */
export function faultsOfCommand(text: string, pass: string): string[] {
  return rules
    .filter((rule) => rule.passes === undefined || rule.passes.includes(pass))
    .filter((rule) => rule.pattern.test(text.trim()) && !(rule.except?.(text, pass) ?? false))
    .map((rule) => `${rule.what}, got ${shorten(text)}`);
}

interface Rule {
  readonly pattern: RegExp;
  readonly passes?: readonly string[];
  readonly except?: (text: string, pass: string) => boolean;
  readonly what: string;
}

const rules: readonly Rule[] = [
  {
    // Microsoft, runsynchronouscommand-path; an installation that is cut short does not go on.
    pattern:
      /\b(?:shutdown(?:\.exe)?"?\s[^&|]*[-/](?:s|r|p|g|sg|h)\b|wpeutil(?:\.exe)?"?\s+(?:reboot|shutdown)\b|(?:restart|stop)-computer\b)/i,
    passes: ["windowsPE", "specialize"],
    what: "a command of this pass may neither shut down nor restart (WillReboot is for that)",
  },
  {
    // Microsoft, configure-windows-firewall: the service is not there yet.
    pattern: /\bnetsh(?:\.exe)?"?\s+(?:advfirewall|firewall)\b/i,
    passes: ["specialize"],
    what: "netsh advfirewall does not work in specialize (Networking-MPSSVC-Svc sets the firewall)",
  },
  {
    // A: is the floppy and C: the disk; WinPE runs from X:.
    pattern: /(?<![%\w])[BD-Z]:[\\/]/i,
    except: (text, pass) => pass === "windowsPE" && !/(?<![%\w])[BD-WYZ]:[\\/]/i.test(text),
    what: "letters of CDs and further disks change from start to start; look for a file on all of them (for %i in (D E F G) do if exist %i:\\FILE …)",
  },
  {
    pattern: /[\r\n]/,
    what: "a command is one line",
  },
];

function shorten(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}...` : text);
}
