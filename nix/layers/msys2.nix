# MSYS2 in C:\msys64: its base archive (msys2-base-x86_64-DATE.tar.xz), and packages as files (NAME-VERSION-ARCH.pkg.tar.zst), both pinned
# by the caller. Without a network: pacman's databases and keys stay as the archive has them.
{
  lib,
  batch,
  unpack,
}:
{
  archive,
  packages ? [ ],
  name ? "msys2",
  ...
}@given:
let
  shell = "C:\\msys64\\usr\\bin\\bash.exe -lc";
  numbered = lib.imap0 (index: file: {
    variable = "package${toString index}";
    inherit file;
  }) packages;
  install = lib.concatMap (
    { variable, ... }:
    [
      "${shell} \"pacman -U --noconfirm --needed /c/casement/layer/${variable}.pkg.tar.zst\""
      batch.orStop
    ]
  ) numbered;
in
lib.removeAttrs given [
  "archive"
  "packages"
]
// {
  inherit name;
  shell = "cmd";
  inputs = {
    folder = unpack {
      inherit name archive;
      stripRoot = true;
    };
  }
  // lib.listToAttrs (map ({ variable, file }: lib.nameValuePair variable file) numbered);
  command = batch.file {
    copy = lib.listToAttrs (map ({ variable, ... }: lib.nameValuePair variable "${variable}.pkg.tar.zst") numbered);
    lines = [
      "set \"FROM=S:\\%folder:~${toString (lib.stringLength builtins.storeDir + 1)}%\""
      "xcopy \"%FROM:/=\\%\" C:\\msys64 /e /i /h /q /y"
      batch.orStop
      # The first start makes users, links and folders, and its shell ends after it.
      "${shell} true"
      batch.orStop
    ]
    ++ install
    ++ [
      "rd /s /q C:\\casement\\layer"
      "exit 0"
    ];
  };
}
