// A program that is called like vde_switch and answers on its management socket; it switches nothing.
// usage: node vde-switch.ts SCENARIO.json VDE-SWITCH-ARGUMENTS…
import { appendFileSync, mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";

const [scenarioFile = "", ...args] = process.argv.slice(2);
appendFileSync(join(dirname(scenarioFile), "pids"), `${process.pid}\n`);
appendFileSync(join(dirname(scenarioFile), "switch-pid"), `${process.pid}\n`);
mkdirSync(args[args.indexOf("-s") + 1] ?? "");

const management = createServer((client) => {
  client.on("error", () => undefined);
  client.write("VDE switch V.0\n\nvde$ ");
  client.on("data", (line) => {
    if (line.toString().trim() === "showinfo") {
      client.write("0000 DATA END WITH '.'\nNumports=32\n.\n1000 Success\n\nvde$ ");
    }
  });
});
management.listen(args[args.indexOf("-M") + 1]);
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
