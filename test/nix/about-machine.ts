import { evaluate, repository, toolPkgs } from "./nix-tool.ts";

/** An expression about `windows`, a machine whose stages hold nothing, `layers` of casement.lib, and `pkgs`. */
export function about(expression: string): string {
  return `
  let
    pkgs = ${toolPkgs};
    windows = import ${repository}/test/nix/loaded.nix {
      source = ${repository};
      dir = ${repository}/test/nix/machine;
      toolPkgs = pkgs;
    };
    layers = (import ${repository} { toolPkgs = pkgs; }).lib.layers;
    file = pkgs.writeText "file" "";
  in
  ${expression}`;
}

/** The value of such an expression. */
export function ask(expression: string): unknown {
  return evaluate(about(expression));
}
