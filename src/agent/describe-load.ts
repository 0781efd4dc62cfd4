import type { RequestOf } from "../contract/agent.ts";
import type { AgentSettings } from "./agent-settings.ts";
import { startLogin } from "./login.ts";
import type { Done } from "./done.ts";

const shownProcesses = 15;

const listCommands = {
  cygwin:
    "PATH=/usr/bin:/bin:$PATH; tasklist /v /fo csv /nh 2>/dev/null </dev/null || ps -W 2>/dev/null || ps aux",
  openssh: "tasklist /v /fo csv /nh <nul",
} as const;

/** Lists what has used the guest's CPU most, without drives; the text is for people and in the guest's own words where it cannot be read. */
export async function describeLoad(
  request: RequestOf<"describe-load">,
  settings: AgentSettings,
): Promise<Done> {
  await using login = await startLogin(request, settings);
  const said: Buffer[] = [];
  await login.execute(listCommands[request.access], async (stream, data) => {
    if (stream === "stdout") said.push(data);
  });
  return { exitCode: null, text: summarizeTasks(Buffer.concat(said).toString("utf8")) };
}

/**
 * The busiest rows of `tasklist /v /fo csv /nh`: image name, PID, …, CPU time h:mm:ss as the eighth column, such as
 * "TiWorker.exe","1204","Services","0","91,2 K","Unknown","NT AUTHORITY\SYSTEM","0:07:31","N/A".
 * Columns keep their order in every language. Text of another form comes back as it is, cut to a screenful.
 */
export function summarizeTasks(text: string): string {
  const rows = text
    .replaceAll("\r", "")
    .split("\n")
    .map((line) => ({ columns: [...line.matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? "") }))
    .filter(({ columns }) => columns.length >= 8 && /^\d+:\d\d:\d\d$/.test(columns[7] ?? ""))
    .map(({ columns }) => ({
      name: columns[0] ?? "",
      pid: columns[1] ?? "",
      user: columns[6] ?? "",
      cpu: columns[7] ?? "",
    }));
  if (rows.length === 0) return text.trim().split("\n").slice(0, 40).join("\n");
  const seconds = (cpu: string): number => cpu.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  return rows
    .filter((row) => row.pid !== "0")
    .sort((a, b) => seconds(b.cpu) - seconds(a.cpu))
    .slice(0, shownProcesses)
    .map((row) => `${row.cpu.padStart(9)}  ${row.name} (PID ${row.pid}, ${row.user})`)
    .join("\n");
}
