import type { AnswerReader } from "./answer-reader.ts";
import { accountControl, errorReports, experience, firewall, terminalServices } from "./components.ts";
import type { WindowsPart } from "./windows-input.ts";

/** What the file says of Windows' own doings. Where it is silent casement's quiet defaults stand. */
export function importBehaviour(reader: AnswerReader): WindowsPart {
  const profiles = ["Domain", "Private", "Public"].map((profile) =>
    reader.take(firewall, `${profile}Profile_EnableFirewall`),
  );
  const uac = reader.take(accountControl, "EnableLUA");
  const refusesRemote = reader.take(terminalServices, "fDenyTSConnections");
  const quietReports = reader.take(errorReports, "DisableWER");
  const programme = reader.take(experience, "CEIPEnabled");
  const behaviour = {
    ...(profiles.some(isTrue) ? { firewall: true } : {}),
    ...(isFalse(uac) ? { uac: false } : {}),
    ...(isFalse(refusesRemote) ? { remoteDesktop: true } : {}),
    ...(isFalse(quietReports) || isTrue(programme) ? { telemetry: true } : {}),
  };
  return Object.keys(behaviour).length === 0 ? {} : { behaviour };
}

function isTrue(text: string | undefined): boolean {
  return text === "1" || text?.toLowerCase() === "true";
}

function isFalse(text: string | undefined): boolean {
  return text === "0" || text?.toLowerCase() === "false";
}
