import { renderSpecPage } from "../../spec/page.ts";
import { specJsonSchema } from "../../spec/json-schema.ts";
import { reportJson, reportText } from "../report.ts";

/** Prints what specs may hold. */
export function printSchema(form: "json" | "markdown"): void {
  if (form === "json") reportJson(specJsonSchema());
  else reportText(renderSpecPage());
}
