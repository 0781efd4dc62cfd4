# What load refuses of `virtioWin` and `drivers`: { assertion; message; }, as in asserts.nix, whose two checks of inputs it takes.
{
  lib,
  machine,
  virtioWin,
  drivers,
  checkInput,
}:
let
  wanted = machine.drivers.virtioWin;
  names = machine.drivers.folders;
  list = lib.concatStringsSep ", ";

  isFolder = value: lib.isPath value && builtins.pathExists value && builtins.readFileType value == "directory";
  # Only a path can be looked into before anything is built.
  lacking = lib.optionals (isFolder virtioWin) (
    lib.filter (folder: !(builtins.pathExists (virtioWin + "/${folder}"))) wanted
  );
  given = builtins.attrNames drivers;
  missing = lib.filter (name: !(drivers ? ${name})) names;
  unneeded = lib.filter (name: !(lib.elem name names)) given;
in
if !(lib.isAttrs drivers) || lib.isDerivation drivers then
  [
    {
      assertion = false;
      message = ''
        drivers: not a set of folders, got a ${if lib.isAttrs drivers then "derivation" else builtins.typeOf drivers}
          Hand over one folder for each name of the spec's windows.drivers.folders: casement.lib.load { drivers.NAME = ./FOLDER; }'';
    }
  ]
else
  [
    {
      assertion = wanted == [ ] || virtioWin != null;
      message = ''
        virtioWin: the spec wants drivers of virtio-win (windows.drivers.virtioWin), and none are known
          Hand them over: casement.lib.load { virtioWin = pkgs.virtio-win; }, or its ISO, or a folder unpacked from it. It has to hold:
            ${list wanted}'';
    }
    {
      assertion = wanted != [ ] || virtioWin == null;
      message = ''
        virtioWin: given, and the spec does not want it
          Write windows.drivers.virtioWin: true into the spec and run casement generate, or leave the argument out.'';
    }
    {
      assertion = lacking == [ ];
      message = ''
        virtioWin: ${toString virtioWin} has no ${list lacking}
          It has to be laid out as virtio-win's ISO is: DRIVER/RELEASE/ARCHITECTURE, capitals included. A flake in git sees tracked files only.'';
    }
    {
      assertion = missing == [ ];
      message = ''
        drivers: the spec's windows.drivers.folders wants ${list missing}, got ${if given == [ ] then "none" else list given}
          Hand over a folder for each name: casement.lib.load { drivers.${lib.head (missing ++ [ "NAME" ])} = ./FOLDER; }'';
    }
    {
      assertion = unneeded == [ ];
      message = ''
        drivers: the spec does not want ${list unneeded}; allowed: ${if names == [ ] then "none" else list names}
          Add the name to windows.drivers.folders and run casement generate, or leave the folder out.'';
    }
  ]
  ++ checkInput "virtioWin" virtioWin
  ++ lib.concatMap (
    name:
    checkInput "drivers.${name}" drivers.${name}
    ++ [
      {
        assertion = !(lib.isPath drivers.${name}) || !(builtins.pathExists drivers.${name}) || isFolder drivers.${name};
        message = ''
          drivers.${name}: not a folder, got ${toString drivers.${name}}
            Hand over the folder that holds the driver's .inf file and all that it names.'';
      }
      {
        assertion = drivers.${name} != null;
        message = ''
          drivers.${name}: has to be a folder with a driver, got null'';
      }
    ]
  ) given
