import { createHash } from "node:crypto";
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import type { Firmware } from "../../catalogue/release.ts";
import { formatIssue } from "../../errors.ts";
import { runCaptured } from "../../process/attached.ts";
import { parseXml, XmlSyntaxError } from "../../unattend/parse-xml.ts";
import { checkAnswerFile } from "../../unattend/validate.ts";
import type { XmlElement } from "../../unattend/xml-element.ts";
import { runCommandLine } from "../machine/command-line.ts";
import { say } from "../machine/screen.ts";
import { SetupStopped } from "../machine/setup-stopped.ts";
import { createPrograms } from "../programs/table.ts";
import { readSetupAnswers, readSystemAnswers, type SetupAnswers } from "./answers.ts";
import { installBootLoader } from "./boot-loader.ts";
import { prepareDisk, type PreparedDisk } from "./disk.ts";
import { type Drive, findAnswerFile } from "./find-answer-file.ts";
import { chooseImage, familyOf, parseWimInfo, type WimImage } from "./images.ts";
import { LayoutRefused } from "./partitions.ts";
import { seedSystem } from "./seed-system.ts";

const wim = "/medium/sources/install.wim";

/** Plays Setup from the medium to the first restart. Ends with a SetupStopped where the real one would ask or refuse. */
export function playSetup(medium: string): void {
  say("Windows Setup is played by the casement stand-in (this is not Windows).");
  const firmware = existsSync("/sys/firmware/efi") ? "uefi" : "bios";
  say(`Firmware: ${firmware}`);
  const drives = mountDrives(medium);
  const { path, document } = readAnswerFile(drives);
  const answers = readSetupAnswers(document);
  const chosen = pickImage(answers);
  checkAnswers(document, firmware, chosen);
  if (typeof chosen === "string") throw new SetupStopped(`image: ${chosen}`);
  const image = chosen;
  runSetupCommands(answers);
  const disk = partition(answers, firmware);
  say(`Installing image ${image.index} "${image.name}"`);
  runCaptured({
    file: "/stand-in/bin/wimlib-imagex",
    args: ["apply", wim, String(image.index), disk.target, "--unix-data"],
  });
  seedSystem(disk.target, image.name);
  mkdirSync(`${disk.target}/cygdrive/c/Windows/Panther`, { recursive: true });
  cpSync(path, `${disk.target}/cygdrive/c/Windows/Panther/unattend.xml`);
  writeFileSync(`${disk.target}/stand-in/state/answers.json`, JSON.stringify(readSystemAnswers(document)), {
    mode: 0o600,
  });
  writeFileSync(`${disk.target}/stand-in/state/phase`, "specialize\n");
  installBootLoader(disk);
  disk.close();
  say("Restarting");
}

/** A: for the floppy, D:, E:, … for the CDs in the order of their drives. */
function mountDrives(medium: string): Drive[] {
  const drives: Drive[] = [];
  const mount = (
    kind: Drive["kind"],
    letter: string,
    type: string,
    options: string,
    device: string,
  ): void => {
    const folder = `/run/cygdrive/${letter}`;
    mkdirSync(folder, { recursive: true });
    try {
      runCaptured({ file: "/stand-in/bin/mount", args: ["-t", type, "-o", options, device, folder] });
      drives.push({ letter, kind, folder });
    } catch {
      say(`Drive ${letter.toUpperCase()}: is empty`);
    }
  };
  if (existsSync("/sys/block/fd0"))
    mount("floppy", "a", "vfat", "ro,codepage=437,iocharset=iso8859-1", "/dev/fd0");
  readdirSync("/sys/block")
    .filter((name) => /^sr\d+$/.test(name))
    .sort()
    .forEach((name, index) =>
      mount(
        "cd",
        String.fromCharCode(100 + index),
        "iso9660",
        "ro,norock,check=relaxed,iocharset=utf8",
        `/dev/${name}`,
      ),
    );
  say(
    `Drives: ${drives.map((drive) => `${drive.letter.toUpperCase()}: ${drive.kind}`).join(", ")}; installing from ${medium}`,
  );
  return drives;
}

function readAnswerFile(drives: readonly Drive[]): { path: string; document: XmlElement } {
  const found = findAnswerFile(drives);
  if (found === undefined)
    throw new SetupStopped(
      "answer file: no Autounattend.xml at the root of the floppy or of a CD, so Setup asks everything",
    );
  const bytes = readFileSync(found.path);
  const letter = found.drive.letter.toUpperCase();
  // The proof that the floppy's bytes arrive; tests read it from the serial log.
  const port = openSync("/dev/ttyS0", "r+");
  writeSync(
    port,
    `stand-in: ${letter}:\\Autounattend.xml ${bytes.length} bytes sha256 ${createHash("sha256").update(bytes).digest("hex")}\r\n`,
  );
  closeSync(port);
  say(`Answer file: ${letter}:\\Autounattend.xml`);
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (wide)
    throw new SetupStopped(
      `answer file: ${letter}:\\Autounattend.xml is UTF-16, which breaks Setup; write UTF-8`,
    );
  try {
    return { path: found.path, document: parseXml(bytes.toString("utf8").replace(/^\uFEFF/, "")) };
  } catch (error) {
    if (error instanceof XmlSyntaxError)
      throw new SetupStopped(
        `answer file: not well-formed, so Setup ignores it and asks everything: ${error.message}`,
      );
    throw error;
  }
}

/** What is asked of the file depends on the release, which the image tells. */
function checkAnswers(document: XmlElement, firmware: Firmware, image: WimImage | string): void {
  const release = typeof image === "string" ? {} : familyOf(image.name);
  const issues = checkAnswerFile(document, { firmware, architecture: "amd64", ...release });
  if (issues.length === 0) return;
  const reasons = issues.map((issue) => formatIssue(issue).trim().replace(/\s+/g, " "));
  throw new SetupStopped(`answer file: ${reasons.join("; ")}`);
}

// They run before the disk is set up, and what they change is WinPE's own registry.
function runSetupCommands(answers: SetupAnswers): void {
  const programs = createPrograms("/run");
  for (const command of answers.commands) {
    const code = runCommandLine(command, {
      programs,
      cwd: "X:\\windows\\system32",
      path: "X:\\windows\\system32",
      user: "SYSTEM",
    });
    say(`${command}: ${code}`);
    if (code !== 0) throw new SetupStopped(`windowsPE RunSynchronous: "${command}" ended with ${code}`);
  }
}

function pickImage(answers: SetupAnswers): WimImage | string {
  const images = parseWimInfo(runCaptured({ file: "/stand-in/bin/wimlib-imagex", args: ["info", wim] }));
  return chooseImage(images, answers.image);
}

function partition(answers: SetupAnswers, firmware: Firmware): PreparedDisk {
  try {
    return prepareDisk(answers, firmware);
  } catch (error) {
    if (error instanceof LayoutRefused) throw new SetupStopped(`disk: ${error.message}`);
    throw error;
  }
}
