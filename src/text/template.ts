import { readFileSync } from "node:fs";
import Handlebars from "handlebars";
import { InternalError } from "../errors.ts";
import { escapeCmd, quoteCmd } from "./cmd.ts";
import { nixLiteral } from "./nix.ts";
import { quotePowerShell } from "./powershell.ts";
import { quoteSh } from "./sh.ts";
import { checkTemplate } from "./template-check.ts";
import { escapeXml } from "./xml.ts";

/**
 * Renders templates/NAME with plain values. Every value goes through the escaper of the language around it: `{{nix x}}`,
 * `{{sh x}}`, `{{cmd x}}`, `{{powershell x}}` write the quotes too; `{{cmdInside x}}` stands between quotes that the
 * template has; `{{xml x}}` fits content and quoted attributes. Blocks: each (arrays), if and unless (booleans). A name
 * that the arguments lack, a value that the language cannot write and a bare `{{x}}` are errors that name the template.
 */
export function renderTemplate(name: string, args: object): string {
  return renderSource(name, loadTemplate(name), args);
}

/** Renders template text that is at hand; the name is for messages. */
export function renderSource(name: string, source: string, args: object): string {
  const ready = compiled.get(source) ?? compile(name, source);
  compiled.set(source, ready);
  return ready(args);
}

const folder = new URL("../../templates/", import.meta.url);
const loaded = new Map<string, string>();
const compiled = new Map<string, (args: object) => string>();

// The one file that the pure half reads: templates are constant data of the package, so once is enough.
function loadTemplate(name: string): string {
  const source = loaded.get(name) ?? readFileSync(new URL(name, folder), "utf8");
  loaded.set(name, source);
  return source;
}

const escapers: Readonly<Record<string, (value: unknown) => string>> = {
  nix: nixLiteral,
  xml: (value) => escapeXml(asText(value)),
  cmd: (value) => quoteCmd(asText(value)),
  cmdInside: (value) => escapeCmd(asText(value)),
  sh: (value) => quoteSh(asText(value)),
  powershell: (value) => quotePowerShell(asText(value)),
};
const blocks = ["each", "if", "unless"];

function compile(name: string, source: string): (args: object) => string {
  const environment = Handlebars.create();
  const faults = checkTemplate(Handlebars.parse(source), Object.keys(escapers), blocks);
  if (faults.length > 0) throw new InternalError(`template ${name}: ${faults.join("; ")}`);
  for (const [helper, escape] of Object.entries(escapers)) {
    environment.registerHelper(helper, (value: unknown) => {
      if (value === undefined)
        throw new InternalError(`template ${name}: a value for {{${helper} …}} is missing`);
      return escape(value);
    });
  }
  registerBlocks(environment, name);
  const template = environment.compile<object>(source, {
    noEscape: true,
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries([...Object.keys(escapers), ...blocks].map((helper) => [helper, true])),
  });
  return (args) => template(args);
}

// Handlebars' own blocks take anything, so that a misspelt name would silently be "no".
function registerBlocks(environment: typeof Handlebars, name: string): void {
  const condition = (value: unknown): boolean => {
    if (typeof value === "boolean") return value;
    throw new InternalError(`template ${name}: a condition has to be a boolean, got ${typeof value}`);
  };
  environment.registerHelper(
    "if",
    function (this: unknown, value: unknown, options: Handlebars.HelperOptions) {
      return condition(value) ? options.fn(this) : options.inverse(this);
    },
  );
  environment.registerHelper(
    "unless",
    function (this: unknown, value: unknown, options: Handlebars.HelperOptions) {
      return condition(value) ? options.inverse(this) : options.fn(this);
    },
  );
  environment.registerHelper("each", (value: unknown, options: Handlebars.HelperOptions) => {
    if (!Array.isArray(value))
      throw new InternalError(`template ${name}: each takes an array, got ${typeof value}`);
    return value.map((item: unknown) => options.fn(item)).join("");
  });
}

function asText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  throw new InternalError(`templates take text and numbers, got ${typeof value}`);
}
