# A package of Windows Installer, installed for all users, without windows and without restarts of its own: 3010 says that one
# is wanted. Its log is printed when it fails.
{ lib, batch, ... }:
{
  name,
  file,
  # { NAME = "value"; }: public properties of the package, such as INSTALLDIR.
  properties ? { },
  ...
}@given:
let
  property =
    key: value:
    lib.throwIf (builtins.match "[A-Z_][A-Z0-9_.]*" key == null)
      "casement: layers.msi: '${name}': properties.${key}: is no public property, whose names are in capitals"
      "${key}=${batch.quoted "layers.msi: '${name}': properties.${key}" value}";
in
lib.removeAttrs given [
  "file"
  "properties"
]
// {
  shell = "cmd";
  inputs = {
    inherit file;
  };
  command = batch.file {
    copy.file = "package.msi";
    lines = [
      "start \"\" /wait msiexec.exe /i C:\\casement\\layer\\package.msi /qn /norestart /l*v C:\\casement\\layer\\log.txt ${
        lib.concatStringsSep " " ([ "ALLUSERS=1" ] ++ lib.mapAttrsToList property properties)
      }"
      "set \"CODE=%errorlevel%\""
      "if not \"%CODE%\"==\"0\" if not \"%CODE%\"==\"3010\" if not \"%CODE%\"==\"1641\" type C:\\casement\\layer\\log.txt"
      "cd /d C:\\"
      "rd /s /q C:\\casement\\layer"
      "exit %CODE%"
    ];
  };
}
