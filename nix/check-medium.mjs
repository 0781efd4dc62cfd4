// The builder of a medium's check: it leaves the verdict that Nix knows beforehand, or says what differs.
import { writeFileSync } from "node:fs";

const { program, iso, expected, sevenZip, verdict, out } = process.env;
const { checkMedium } = await import(program);
try {
  await checkMedium(iso, JSON.parse(expected), sevenZip);
  writeFileSync(out, verdict);
} catch (error) {
  const remedy = "To install from it in spite of this: casement.lib.load { checkMedium = false; … }";
  const known = typeof error.exitCode === "number";
  const hint = error.hint === undefined ? "" : `\n${error.hint}`;
  process.stderr.write(`casement: ${known ? `${error.message}${hint}\n${remedy}` : error.stack}\n`);
  process.exitCode = known ? error.exitCode : 70;
}
