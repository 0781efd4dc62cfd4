import type { RequestOf } from "../contract/agent.ts";
import type { AgentSettings } from "./agent-settings.ts";
import { startLogin } from "./login.ts";
import type { Done } from "./done.ts";
import { StepError } from "./step-error.ts";

/** This part stays free, so that the guest neither pages nor ends a process: 128 MiB of 4 GiB, of which Windows calls 32 low. */
const leftFree = 1 / 32;

/** What one process of 32 bits gets in one piece. */
const mostOf32BitsMiB = 1024;

/** Fills the guest's free memory with zeros and lets it go again, without drives. The text is how much that was, in MiB; 0 where it was refused. */
export async function zeroFreeMemory(
  request: RequestOf<"zero-free-memory">,
  settings: AgentSettings,
): Promise<Done> {
  await using login = await startLogin(request, settings);
  const said: Buffer[] = [];
  const { status } = await login.execute(renderZeroing("/proc/meminfo"), async (_stream, data) => {
    said.push(data);
  });
  const text = Buffer.concat(said).toString("utf8").trim();
  if (status !== 0 || !/^\d+$/.test(text)) {
    const reason = `the guest's free memory could not be zeroed, status ${status ?? "none"}`;
    throw new StepError("execute", reason, { observation: text });
  }
  return { exitCode: null, text };
}

/**
 * For bash, Cygwin's or any other: prints the MiB that were zeroed. dd's one buffer is as large as what is free. Cygwin counts as
 * MemFree what Windows calls available, so the buffer takes the place of cached files, too.
 */
export function renderZeroing(meminfo: string): string {
  return [
    "PATH=$PATH:/usr/bin:/bin; mib=0",
    `while read -r name kib _; do [ "$name" != MemFree: ] || mib=$((kib / 1024 * ${1 / leftFree - 1} / ${1 / leftFree})); done <${meminfo}`,
    `case $HOSTTYPE in i?86) [ $mib -le ${mostOf32BitsMiB} ] || mib=${mostOf32BitsMiB} ;; esac`,
    "[ $mib -gt 0 ] && dd if=/dev/zero of=/dev/null bs=${mib}M count=1 iflag=fullblock 2>/dev/null || mib=0",
    "echo $mib",
  ].join("; ");
}
