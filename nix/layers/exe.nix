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
lib.throwIf (builtins.match "[A-Za-z0-9_.-]+\\.[A-Za-z0-9]+" fileName == null)
  "casement: ${where}: fileName: not a plain file name, got ${builtins.toJSON fileName}"
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
