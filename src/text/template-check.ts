import Handlebars from "handlebars";

/** What is wrong with a template, one sentence each: bare and triple mustaches, partials, helpers that are not ours. */
export function checkTemplate(
  program: hbs.AST.Program,
  escapers: readonly string[],
  blocks: readonly string[],
): string[] {
  const faults: string[] = [];
  const report = (node: hbs.AST.Node, text: string): void => {
    faults.push(`line ${node.loc.start.line}: ${text}`);
  };
  const visitor = new Handlebars.Visitor();
  visitor.MustacheStatement = (node) => {
    const helper = pathText(node.path);
    if (!node.escaped) report(node, `{{{${helper}}}} is not escaped; write {{ESCAPER ${helper}}}`);
    else if (!escapers.includes(helper) || node.params.length !== 1) {
      report(
        node,
        `{{${helper}}} names no escaper; write {{ESCAPER ${helper}}} with one of ${escapers.join(", ")}`,
      );
    }
  };
  visitor.BlockStatement = (node) => {
    const helper = pathText(node.path);
    if (!blocks.includes(helper)) report(node, `{{#${helper}}} is not one of ${blocks.join(", ")}`);
    // An empty block and a missing {{else}} have no program, whatever the types say.
    for (const inner of [node.program, node.inverse] as (hbs.AST.Program | undefined)[]) {
      if (inner !== undefined) visitor.accept(inner);
    }
  };
  visitor.PartialStatement = (node) => report(node, "partials are not used");
  visitor.PartialBlockStatement = (node) => report(node, "partials are not used");
  visitor.accept(program);
  return faults;
}

function pathText(path: hbs.AST.PathExpression | hbs.AST.Literal): string {
  return "original" in path ? path.original : "";
}
