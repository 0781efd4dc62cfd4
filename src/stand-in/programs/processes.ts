import { readdirSync, readFileSync } from "node:fs";
import { type Call, print, refuse } from "./program.ts";

/** tasklist, plain and as `/v /fo csv /nh`: Linux' processes in the real columns. Every other option is refused. */
export function tasklist(call: Call): number {
  const options = call.args.join(" ").toLowerCase();
  if (options !== "" && options !== "/v /fo csv /nh")
    return refuse(call, `the stand-in plays tasklist and tasklist /v /fo csv /nh, got ${options}`);
  if (options === "")
    print(
      call.handles.stdout,
      "",
      "Image Name                     PID (casement stand-in)",
      "========================= ========",
    );
  for (const task of listTasks()) {
    if (options === "") print(call.handles.stdout, `${task.name.padEnd(25)} ${task.pid.padStart(8)}`);
    else
      print(
        call.handles.stdout,
        `"${task.name}","${task.pid}","Services","0","${task.memoryKiB} K","Unknown","stand-in","${clock(task.cpuSeconds)}","N/A"`,
      );
  }
  return 0;
}

function listTasks(): { name: string; pid: string; memoryKiB: number; cpuSeconds: number }[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        // proc(5): utime and stime are fields 14 and 15 in ticks of 10 ms, rss is field 24 in pages of 4 KiB.
        const cpuSeconds = Math.floor((Number(fields[11]) + Number(fields[12])) / 100);
        return [
          {
            name: stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")")),
            pid,
            memoryKiB: Number(fields[21]) * 4,
            cpuSeconds,
          },
        ];
      } catch {
        // Gone meanwhile.
        return [];
      }
    });
}

/** taskkill /f /im NAME: every process of that name; as on Windows, an exit code of 128 says that there was none. */
export function taskkill(call: Call): number {
  const words = call.args.map((word) => word.toLowerCase());
  const name = words[words.indexOf("/im") + 1];
  const known = words.filter((word) => word === "/f" || word === "/im").length === words.length - 1;
  if (!known || !words.includes("/f") || !words.includes("/im") || name === undefined || name.startsWith("/"))
    return refuse(call, `the stand-in plays taskkill /f /im NAME, got ${call.tail.trim()}`);
  const found = listTasks().filter((task) => task.name.toLowerCase() === name);
  for (const task of found) {
    process.kill(Number(task.pid), "SIGKILL");
    print(
      call.handles.stdout,
      `SUCCESS: The process "${task.name}" with PID ${task.pid} has been terminated.`,
    );
  }
  if (found.length > 0) return 0;
  print(call.handles.stderr, `ERROR: The process "${name}" not found.`);
  return 128;
}

function clock(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
