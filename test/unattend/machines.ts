import { renderAnswerFile } from "../../src/unattend/answer-file.ts";
import { parseXml } from "../../src/unattend/parse-xml.ts";
import type { AnswerSettings } from "../../src/unattend/settings.ts";
import type { AnswerTarget } from "../../src/unattend/validate.ts";
import type { XmlElement } from "../../src/unattend/xml-element.ts";
import { answerSettings } from "./answer-settings.ts";

/** A machine with an answer file that has no fault. */
export interface Machine {
  readonly title: string;
  readonly target: Required<AnswerTarget>;
  readonly text: string;
  readonly document: XmlElement;
}

/** One of each family, product, architecture and firmware, all with a second account, drivers and commands. */
export const machines: readonly Machine[] = [
  machine("7", { family: "7", build: 7601, firmware: "bios" }),
  machine("7 x86", { family: "7", build: 7601, firmware: "bios", architecture: "x86" }),
  machine("2008 R2", { family: "7", build: 7601, firmware: "bios", product: "server" }),
  machine("8.1", { family: "8.1", build: 9600, firmware: "uefi" }),
  machine("2012 R2", { family: "8.1", build: 9600, firmware: "bios", product: "server" }),
  machine("10 x86", { family: "10", build: 19_045, firmware: "bios", architecture: "x86" }),
  machine("2019", { family: "10", build: 17_763, firmware: "uefi", product: "server" }),
  machine("11", { family: "11", build: 26_100, firmware: "uefi", requirementBypass: true }),
  machine("11 arm64", { family: "11", build: 26_100, firmware: "uefi", architecture: "arm64" }),
  machine("2025", { family: "11", build: 26_100, firmware: "uefi", product: "server" }),
];

function machine(title: string, changes: Partial<AnswerSettings>): Machine {
  const settings = answerSettings({
    requirementBypass: false,
    networkBypass: false,
    driverFolders: ["drivers\\own"],
    accounts: [
      {
        name: "second",
        password: "Second-2",
        groups: ["Users"],
        displayName: "Second",
        description: "for tests",
      },
    ],
    commands: { windowsPE: ["cmd /c ver", "cmd /c set"], specialize: ["cmd /c ver"] },
    ...changes,
  });
  const { architecture, family, firmware, product } = settings;
  if (family === "xp") throw new TypeError("XP has no Autounattend.xml");
  const text = renderAnswerFile(settings);
  return { title, target: { architecture, family, firmware, product }, text, document: parseXml(text) };
}
