# An installer that is a program, started with the options that make it silent. Which codes are a success is its own matter:
# exitCodes.success for more than 0, exitCodes.restart for more than 3010.
{ lib, batch, ... }:
{
  name,
  file,
  # Such as [ "/S" ] (NSIS), [ "/VERYSILENT" "/NORESTART" ] (Inno Setup), [ "--quiet" "--norestart" ] (Visual Studio).
  arguments ? [ ],
  # Some programs look at their own name.
  fileName ? "setup.exe",
  ...
}@given:
let
  where = "layers.exe: '${name}'";
in
# What is no program would be opened by another one, or by a cmd that stays.
lib.throwIf (builtins.match "[A-Za-z0-9_.-]+\\.[Ee][Xx][Ee]" fileName == null)
  "casement: ${where}: fileName: not the name of a program, got ${builtins.toJSON fileName}; such as \"setup.exe\""
  (
    lib.removeAttrs given [
      "file"
      "arguments"
      "fileName"
    ]
    // {
      shell = "cmd";
      inputs = {
        inherit file;
      };
      command = batch.file {
        copy.file = fileName;
        lines = [
          "start \"\" /wait C:\\casement\\layer\\${fileName} ${
            lib.concatMapStringsSep " " (batch.word "${where}: arguments") arguments
          }"
        ]
        ++ batch.ending;
      };
    }
  )
