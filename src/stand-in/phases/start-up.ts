import { runCommandLine } from "../machine/command-line.ts";
import { say } from "../machine/screen.ts";
import { loadTasks } from "../machine/tasks.ts";
import { createPrograms } from "../programs/table.ts";

/** Runs the start-up tasks as SYSTEM, one after the other. */
export function playStartUp(environment: ReadonlyMap<string, string>): void {
  const programs = createPrograms();
  for (const task of loadTasks().filter(({ schedule }) => schedule === "onstart")) {
    const code = runCommandLine(task.run, {
      programs,
      environment,
      cwd: "C:\\Windows\\System32",
      path: "C:\\Windows\\System32;C:\\Windows",
      user: "SYSTEM",
    });
    say(`task ${task.name}: ${code}`);
  }
}
