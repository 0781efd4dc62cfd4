# Drivers for the bootstrap medium: { "PATH ON THE MEDIUM" = FOLDER; }. Of virtio-win only the folders that machine.json
# names, each a store path of its own where that can be: another file of virtio-win is no reason to install Windows again.
{
  lib,
  xorriso,
  machine,
  virtioWin,
  drivers,
}:
let
  wanted = machine.drivers.virtioWin;

  fileName = if lib.isDerivation virtioWin then virtioWin.name else baseNameOf (toString virtioWin);
  isIso = lib.hasSuffix ".iso" fileName;

  safeName = lib.replaceStrings [ "/" ] [ "-" ];
  ofFolder =
    folder:
    if lib.isPath virtioWin then
      builtins.path {
        name = "virtio-win-${safeName folder}";
        path = virtioWin + "/${folder}";
      }
    else
      "${virtioWin}/${folder}";

  # xorriso itself is the builder, and says which folder the ISO does not have.
  unpacked = derivation {
    name = "virtio-win-folders";
    system = "x86_64-linux";
    builder = xorriso;
    args = [
      "-no_rc"
      "-abort_on"
      "FAILURE"
      "-osirrox"
      "on:auto_chmod_on"
      "-indev"
      virtioWin
    ]
    ++ lib.concatMap (folder: [
      "-extract"
      "/${folder}"
      "${placeholder "out"}/${folder}"
    ]) wanted;
  };

  ofOther =
    name:
    let
      folder = drivers.${name};
    in
    if lib.isPath folder then
      builtins.path {
        inherit name;
        path = folder;
      }
    else
      "${folder}";
in
lib.listToAttrs (
  map (folder: {
    name = "virtio-win/${folder}";
    value = if isIso then "${unpacked}/${folder}" else ofFolder folder;
  }) wanted
  ++ map (name: {
    name = "drivers/${name}";
    value = ofOther name;
  }) machine.drivers.folders
)
