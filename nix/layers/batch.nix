# Text for batch files. Values are data: what cmd would read in them is escaped, and what it cannot carry is refused.
{ lib }:
rec {
  # A value between quotes: cmd reads percent signs there, and Windows Installer and most programs take "" for a quote.
  quoted =
    where: value:
    lib.throwIf (builtins.match "[ -~]*" value == null)
      "casement: ${where}: cmd cannot carry it, got ${builtins.toJSON value}; allowed: printable ASCII"
      ''"${lib.replaceStrings [ "%" "\"" ] [ "%%" "\"\"" ] value}"'';

  # A word for a program of Windows: quotes in it would end cmd's own.
  word =
    where: value:
    lib.throwIf (
      lib.hasInfix "\"" value
    ) "casement: ${where}: a quote cannot be handed on, got ${builtins.toJSON value}; write the layer's command yourself" (
      # A backslash before the closing quote would take it with it.
      if builtins.match "[A-Za-z0-9_./:=,+\\\\-]+" value != null then value
      else quoted where (value + lib.optionalString (lib.hasSuffix "\\" value) "\\")
    );

  # Lines of the batch file of a layer. `copy` are { VARIABLE = "NAME ON C:"; }: each variable of `inputs` that holds a store path is
  # copied to C:\casement\layer, because installers' services do not see the session's drive letters.
  file =
    { copy, lines }:
    lib.concatMapStrings (line: "${line}\n") (
      [
        "@echo off"
        "setlocal enableextensions disabledelayedexpansion"
        "if exist C:\\casement\\layer rd /s /q C:\\casement\\layer"
        "md C:\\casement\\layer"
        "if errorlevel 1 exit 1"
      ]
      ++ lib.concatLists (
        lib.mapAttrsToList (variable: name: [
          "set \"FROM=S:\\%${variable}:~${toString (lib.stringLength builtins.storeDir + 1)}%\""
          "copy /y \"%FROM:/=\\%\" ${quoted variable "C:\\casement\\layer\\${name}"} >nul"
          "if errorlevel 1 exit 1"
        ]) copy
      )
      ++ lines
    );

  # Ends the batch file with the code of the program before, and removes what was copied.
  ending = [
    "set \"CODE=%errorlevel%\""
    "cd /d C:\\"
    "rd /s /q C:\\casement\\layer"
    "exit %CODE%"
  ];
}
