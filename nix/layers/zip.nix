# An archive (zip, 7z, tar) whose contents are copied to a folder of the guest. It is unpacked by Linux, so that no release of
# Windows has to know how; Windows' own xcopy lays it down, so that files get the rights of the folder that they are in.
{
  lib,
  batch,
  unpack,
}:
{
  name,
  # A file, or a folder that is one already.
  archive,
  to ? "C:\\${name}",
  # Leaves out the one folder that everything is in.
  stripRoot ? false,
  # Folders of it that go to the machine's PATH, such as [ "bin" ]; "." is the folder itself. Services see it after a restart.
  path ? [ ],
  reboot ? path != [ ],
  ...
}@given:
let
  where = "layers.zip: '${name}'";
  target = batch.word "${where}: to" to;
  folderOf = part: if part == "." then to else "${to}\\${lib.replaceStrings [ "/" ] [ "\\" ] part}";
  key = "\"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment\"";
  toPath = lib.optionals (path != [ ]) [
    "set \"OLD=\""
    "for /f \"skip=2 tokens=2,*\" %%a in ('reg query ${key} /v Path') do set \"OLD=%%b\""
    # Its percent signs are to stay: delayed expansion reads none in a value.
    "setlocal enabledelayedexpansion"
    "reg add ${key} /v Path /t REG_EXPAND_SZ /d \"!OLD!;${
      lib.concatMapStringsSep ";" (part: folderOf part) path
    }\" /f"
    batch.orStop
  ];
in
lib.throwIf (builtins.match "[A-Za-z]:\\\\[A-Za-z0-9_.() \\\\-]+" to == null)
  "casement: ${where}: to: not a folder on a drive, got ${builtins.toJSON to}; such as \"C:\\\\tools\""
  (
    lib.throwIf (lib.any (part: builtins.match "[A-Za-z0-9_./-]+" part == null) path)
      "casement: ${where}: path: folders inside the archive, got ${builtins.toJSON path}"
      (
        lib.removeAttrs given [
          "archive"
          "to"
          "stripRoot"
          "path"
        ]
        // {
          inherit reboot;
          shell = "cmd";
          inputs.folder = unpack { inherit name archive stripRoot; };
          command = batch.file {
            copy = { };
            lines = [
              "set \"FROM=S:\\%folder:~${toString (lib.stringLength builtins.storeDir + 1)}%\""
              "xcopy \"%FROM:/=\\%\" ${target} /e /i /h /q /y"
              batch.orStop
            ]
            ++ toPath
            ++ [
              "rd /s /q C:\\casement\\layer"
              "exit 0"
            ];
          };
        }
      )
  )
