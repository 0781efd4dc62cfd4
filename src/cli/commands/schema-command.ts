import type { Command } from "commander";

/** Declares `casement schema`. */
export function declareSchema(program: Command): void {
  program
    .command("schema")
    .description("print the JSON Schema of specs, for editors")
    .option("--markdown", "as a page for people (docs/spec.md)")
    .action(async (options: { readonly markdown?: true }) => {
      const { printSchema } = await import("./schema.ts");
      printSchema(options.markdown === true ? "markdown" : "json");
    });
}
