# In the place of the runtime: records the configuration that a stage hands over, and makes the outputs.
{ toolPkgs }:
toolPkgs.runCommand "runtime"
  {
    program = ''
      import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
      const { out, ram } = process.env;
      mkdirSync(out);
      // Memory is full of what looks like references.
      if (ram !== undefined) copyFileSync(process.argv[2], ram);
      copyFileSync(process.argv[2], out + "/stage.json");
      const { command } = JSON.parse(readFileSync(process.argv[2], "utf8"));
      if (command !== undefined) copyFileSync(command.script, out + "/script");
    '';
  }
  ''
    mkdir -p $out/share/casement
    printf '%s' "$program" >$out/share/casement/runtime.mjs
  ''
