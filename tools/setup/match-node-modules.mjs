// Exit code 0 if node_modules holds what package-lock.json names, 1 if not. usage: match-node-modules.mjs <folder>
// Plain JavaScript for Node 18 and newer: it runs before Node 24 is there.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = process.argv[2];
const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
const present = JSON.parse(readFileSync(join(root, "node_modules/.package-lock.json"), "utf8")).packages;

const matches = Object.entries(wanted)
  .filter(([path]) => path !== "")
  .every(([path, entry]) => {
    const found = present[path];
    // Packages for another platform are in the lock and rightly absent.
    if (found === undefined) return entry.optional === true;
    return found.version === entry.version && found.integrity === entry.integrity && existsSync(join(root, path));
  });
process.exit(matches ? 0 : 1);
