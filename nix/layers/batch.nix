# Text for batch files. Values are data: what cmd would read in them is escaped, and what it cannot carry is refused.
{ lib }:
let
  asText =
    where: value:
    if lib.isString value || lib.isInt value then
      toString value
    else
      throw "casement: ${where}: has to be text, got a ${builtins.typeOf value}";
in
rec {
  # A value between quotes: cmd reads percent signs there, and Windows Installer and most programs take "" for a quote.
  quoted =
    where: value:
    let
      text = asText where value;
    in
    lib.throwIf (builtins.match "[ -~]*" text == null)
      "casement: ${where}: cmd cannot carry it, got ${builtins.toJSON text}; allowed: printable ASCII"
      ''"${lib.replaceStrings [ "%" "\"" ] [ "%%" "\"\"" ] text}"'';

  # A word for a program of Windows: quotes in it would end cmd's own.
  word =
    where: value:
    let
      text = asText where value;
    in
    lib.throwIf (
      lib.hasInfix "\"" text
    ) "casement: ${where}: a quote cannot be handed on, got ${builtins.toJSON text}; write the layer's command yourself" (
      # A backslash before the closing quote would take it with it.
      if builtins.match "[A-Za-z0-9_./:=,+\\\\-]+" text != null then text
      else quoted where (text + lib.optionalString (lib.hasSuffix "\\" text) "\\")
    );

  # After a program: ends the batch file with the code of one that failed. Not `if errorlevel 1`, which compares with a sign: the code
  # of a program that crashed, such as 0xC0000142, is negative there.
  orStop = "if not \"%errorlevel%\"==\"0\" exit %errorlevel%";

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
        orStop
      ]
      ++ lib.concatLists (
        lib.mapAttrsToList (variable: name: [
          "set \"FROM=S:\\%${variable}:~${toString (lib.stringLength builtins.storeDir + 1)}%\""
          "copy /y \"%FROM:/=\\%\" ${quoted variable "C:\\casement\\layer\\${name}"} >nul"
          orStop
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
