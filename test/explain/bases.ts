import { type Base } from "../../src/explain/probe.ts";
import { baseOf } from "../../src/explain/base.ts";
import { checkDocument } from "../../src/spec/check-document.ts";
import { loadSpecWithLines } from "../../src/spec/load.ts";
import { listExamples } from "../support/examples.ts";

/** The base of an example, by its name. */
export async function exampleBase(name: string): Promise<Base> {
  const example = listExamples().find((each) => each.name === name);
  if (example === undefined) throw new Error(`there is no examples/${name}`);
  const { document, spec } = await loadSpecWithLines(example.spec);
  return baseOf(document, spec, "Made-1");
}

/** The base of a document that is a valid spec. */
export async function documentBase(document: unknown): Promise<Base> {
  const checked = await checkDocument(document);
  if (!("spec" in checked)) throw new Error(checked.faults.map(({ message }) => message).join("; "));
  return baseOf(document, checked.spec, "Made-1");
}
