import assert from "node:assert/strict";
import { test } from "node:test";
import { readSetupAnswers, readSystemAnswers } from "../../../src/stand-in/setup/answers.ts";
import { renderAnswerFile } from "../../../src/unattend/answer-file.ts";
import { parseXml } from "../../../src/unattend/parse-xml.ts";
import { answerSettings } from "../../unattend/answer-settings.ts";

const document = parseXml(
  renderAnswerFile(
    answerSettings({
      firmware: "bios",
      image: { kind: "name", name: "Windows 11 Pro" },
      account: { user: "build", password: "Pass wörd%1" },
    }),
  ),
);

test("Setup's answers come out of the file that casement generates", () => {
  const answers = readSetupAnswers(document);
  assert.deepEqual(answers.image, { key: "/IMAGE/NAME", value: "Windows 11 Pro" });
  assert.deepEqual(answers.installTo, { diskId: 0, partitionId: 2 });
  assert.deepEqual(
    answers.partitions.map(({ type, sizeMiB, active, format }) => ({ type, sizeMiB, active, format })),
    [
      { type: "Primary", sizeMiB: 500, active: true, format: "NTFS" },
      { type: "Primary", sizeMiB: undefined, active: false, format: "NTFS" },
    ],
  );
  assert.match(answers.commands[0] ?? "", /^reg add HKLM\\SYSTEM\\Setup\\LabConfig /);
});

test("the installed system's answers come out of it, the password decoded", () => {
  const answers = readSystemAnswers(document);
  assert.equal(answers.computerName, "CASEMENT");
  assert.deepEqual(answers.addresses, [{ identifier: "52-54-00-12-AB-01", address: "192.168.0.1/24" }]);
  assert.deepEqual(answers.accounts, [{ name: "build", password: "Pass wörd%1", administrator: true }]);
  assert.equal(answers.autoLogon, "build");
  assert.equal(answers.firstLogonCommands.length, 1);
});
