# In the place of the runtime: records the configuration that a stage hands over, and makes the outputs.
{ toolPkgs }:
toolPkgs.runCommand "runtime"
  {
    program = ''
      import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
      const { command, outputs: { out, ram, ...more } } = JSON.parse(readFileSync(process.argv[2], "utf8"));
      mkdirSync(out);
      for (const output of Object.values(more)) mkdirSync(output);
      // Memory is full of what looks like references.
      if (ram !== undefined) copyFileSync(process.argv[2], ram);
      copyFileSync(process.argv[2], out + "/stage.json");
      if (command !== undefined) copyFileSync(command.script, out + "/script");
      for (const [name, file] of Object.entries(command?.attributes ?? {})) copyFileSync(file, out + "/attrs." + name);
    '';
  }
  ''
    mkdir -p $out/share/casement
    printf '%s' "$program" >$out/share/casement/runtime.mjs
  ''
