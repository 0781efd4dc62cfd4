// The builder of windows.stdenv's one folder: $out/setup.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const { out, setup, hooks, preHook } = process.env;
mkdirSync(out);
writeFileSync(
  `${out}/setup`,
  `export SHELL=/bin/bash
initialPath="/usr"
defaultNativeBuildInputs="${hooks}"
defaultBuildInputs=""
casementPath=$PATH
${preHook}
${readFileSync(setup, "utf8")}
PATH=$PATH\${casementPath:+:$casementPath}
# There is no wrapper of a compiler to say which one it is; Cygwin's, where it is installed.
if type -P gcc >/dev/null; then : "\${CC:=gcc}"; export CC; fi
if type -P g++ >/dev/null; then : "\${CXX:=g++}"; export CXX; fi
`,
);
