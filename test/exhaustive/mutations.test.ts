import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import * as fc from "fast-check";
import { isFor } from "../../src/unattend/answer-target.ts";
import { requirements } from "../../src/unattend/check-no-questions.ts";
import { parseXml, XmlSyntaxError } from "../../src/unattend/parse-xml.ts";
import { findComponent, type SettingReference } from "../../src/unattend/reference.ts";
import { checkAnswerFile } from "../../src/unattend/validate.ts";
import { type Machine, machines } from "../unattend/machines.ts";
import { mutableCopy, type MutableElement, removeAt } from "../unattend/mutable-document.ts";
import { mutations } from "../unattend/mutations/all.ts";

let cases = 0;
after(() => process.stdout.write(`# mutations: ${mutations.length} kinds, ${cases} spoilt answer files\n`));

function issuesOf(machine: Machine, document: MutableElement): string[] {
  return checkAnswerFile(document, machine.target).map(({ path, message }) => `${path}: ${message}`);
}

describe("checkAnswerFile finds nothing in a good file", () => {
  for (const machine of machines) {
    test(machine.title, () => assert.deepEqual(issuesOf(machine, mutableCopy(machine.document)), []));
  }
});

describe("checkAnswerFile finds, by its place, on every machine that it is for,", () => {
  for (const { title, spoil, want, where } of mutations) {
    test(title, () => {
      const subjects = machines.filter(({ target }) => where(target));
      assert.ok(subjects.length > 0, "no machine is spoilt");
      for (const machine of subjects) {
        const document = mutableCopy(machine.document);
        spoil(document, machine.target);
        assert.notDeepEqual(document, mutableCopy(machine.document), "the mutation has to change the file");
        const issues = issuesOf(machine, document);
        assert.ok(
          issues.some((issue) => want.test(issue)),
          `${machine.title}: ${String(want)} is not in\n${issues.join("\n")}`,
        );
        cases += 1;
      }
    });
  }
});

describe("parseXml refuses, as Setup does,", () => {
  const broken: readonly (readonly [title: string, spoil: (text: string) => string])[] = [
    ["an ampersand that is not escaped", (text) => text.replace("&amp;", "&")],
    ["a file that is cut off", (text) => text.slice(0, -20)],
    ["a byte before the declaration", (text) => ` ${text}`],
    ["an element that is closed twice", (text) => text.replace("</OOBE>", "</OOBE></OOBE>")],
    ["an element that is not closed", (text) => text.replace("</OOBE>", "")],
    ["another case of the closing tag", (text) => text.replace("</OOBE>", "</oobe>")],
    [
      "an attribute twice",
      (text) => text.replace('pass="specialize"', 'pass="specialize" pass="specialize"'),
    ],
    ["an attribute without quotes", (text) => text.replace('pass="specialize"', "pass=specialize")],
    ["a control character", (text) => text.replace("<OOBE>", "<OOBE>\u0001")],
    ["an entity that nobody declares", (text) => text.replace("<OOBE>", "<OOBE>&setup;")],
    ["a document type", (text) => text.replace("<unattend", "<!DOCTYPE unattend><unattend")],
  ];
  for (const [title, spoil] of broken) {
    test(title, () => {
      for (const { text } of machines) {
        const changed = spoil(text);
        assert.notEqual(changed, text);
        assert.throws(() => parseXml(changed), XmlSyntaxError);
        cases += 1;
      }
    });
  }
});

/** An element of a file, with what the reference says of it. */
interface Spot {
  readonly element: MutableElement;
  readonly parent: MutableElement;
  readonly component: MutableElement;
  readonly setting: SettingReference;
}

function spotsOf(document: MutableElement): Spot[] {
  const walk = (parent: MutableElement, above: string, component: MutableElement): Spot[] =>
    parent.children.flatMap((element) => {
      const path = above === "" ? element.name : `${above}/${element.name}`;
      const setting = findComponent(component.attributes["name"] ?? "")?.find(path)?.setting;
      assert.ok(setting !== undefined, path);
      return [{ element, parent, component, setting }, ...walk(element, path, component)];
    });
  return document.children.flatMap((pass) =>
    pass.children.flatMap((component) => walk(component, "", component)),
  );
}

/** Spoils a file at a place that the number picks, and returns the name that an issue has to be about. */
type Class = (document: MutableElement, machine: Machine, pick: number) => string;

function pickOf<T>(from: readonly T[], pick: number): T {
  const picked = from[pick % from.length];
  assert.ok(picked !== undefined);
  return picked;
}

const classes: Readonly<Record<string, Class>> = {
  "rename a setting": (document, _, pick) => {
    const { element } = pickOf(spotsOf(document), pick);
    element.name = `${element.name}${"XYZ"[pick % 3]}`;
    return element.name;
  },
  "move a component to a pass that it is not valid in": (document, _, pick) => {
    const from = pickOf(
      document.children.flatMap((pass) =>
        pass.children.flatMap((component) => {
          const name = component.attributes["name"] ?? "";
          const known = findComponent(name)?.passes ?? [];
          // Shell-Setup is valid in all of them.
          const wrong = ["windowsPE", "generalize", "auditUser", "oobeSystem"].filter(
            (other) => !known.includes(other),
          );
          return wrong.length === 0 ? [] : [{ pass, component, name, wrong }];
        }),
      ),
      pick,
    );
    from.pass.children = from.pass.children.filter((component) => component !== from.component);
    const pass = {
      name: "settings",
      attributes: { pass: pickOf(from.wrong, pick) },
      children: [from.component],
      text: "",
    };
    document.children.push(pass);
    return from.name;
  },
  "duplicate an Order": (document, _, pick) => {
    const orders = spotsOf(document).filter(({ element }) => element.name === "Order");
    const lists = Map.groupBy(
      orders,
      ({ parent, component }) => `${component.attributes["name"]} ${parent.name}`,
    );
    const many = [...lists.values()].filter((list) => list.length > 1);
    const list = pickOf(many, pick);
    const one = pickOf(list, pick);
    const other = pickOf(list, pick + 1);
    one.element.text = other.element.text;
    return one.parent.name;
  },
  "drop an element that is required": (document, machine, pick) => {
    const wanted = requirements.filter((rule) => isFor(rule, machine.target) && rule.or === undefined);
    const { component, path } = pickOf(wanted, pick);
    removeAt(document, `${component.includes("Shell") ? "oobeSystem" : "windowsPE"}/${component}/${path}`);
    return path;
  },
  "lengthen a command": (document, _, pick) => {
    const lines = spotsOf(document).filter(
      ({ element, parent }) => parent.name.endsWith("Command") && /^(Path|CommandLine)$/.test(element.name),
    );
    const { element } = pickOf(lines, pick);
    element.text = `${element.text} ${"x".repeat(element.name === "Path" ? 260 : 1025)}`;
    return element.name;
  },
  "change an enumeration, a boolean or a number": (document, _, pick) => {
    const plain = spotsOf(document).filter(({ setting }) => /^(enum|boolean|integer)$/.test(setting.type));
    const { element } = pickOf(plain, pick);
    element.text = `${element.text}?`;
    return element.name;
  },
  "take the mark off an item": (document, _, pick) => {
    const { element } = pickOf(
      spotsOf(document).filter(({ setting }) => setting.listItem === true),
      pick,
    );
    Reflect.deleteProperty(element.attributes, "wcm:action");
    return element.name;
  },
  "write a setting twice": (document, _, pick) => {
    const { element, parent } = pickOf(
      spotsOf(document).filter(({ setting }) => setting.listItem !== true),
      pick,
    );
    parent.children.push(structuredClone(element));
    return element.name;
  },
  "empty an element": (document, _, pick) => {
    const { element } = pickOf(
      spotsOf(document).filter(({ setting }) => setting.emptyAllowed !== true),
      pick,
    );
    element.text = "";
    element.children = [];
    return element.name;
  },
  "take an element's architecture": (document, _, pick) => {
    const component = pickOf(
      document.children.flatMap((pass) => pass.children),
      pick,
    );
    component.attributes["processorArchitecture"] = "ia64";
    return component.attributes["name"] ?? "";
  },
};

describe("any single change of a class is found, wherever it is made:", () => {
  for (const [title, change] of Object.entries(classes)) {
    test(title, () => {
      const index = fc.nat({ max: machines.length - 1 });
      const property = fc.property(index, fc.nat({ max: 5000 }), (number, pick) => {
        const machine = pickOf(machines, number);
        const document = mutableCopy(machine.document);
        const name = change(document, machine, pick);
        const issues = issuesOf(machine, document);
        assert.ok(
          issues.some((issue) => issue.slice(0, issue.indexOf(": ")).includes(name)),
          `${machine.title}: nothing names ${name}: ${issues.join("\n")}`,
        );
        cases += 1;
      });
      fc.assert(property, { numRuns: 100 });
    });
  }
});
