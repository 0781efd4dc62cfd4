# What load refuses before anything is built: { assertion; message; }, each message with what to do about it.
{
  lib,
  toolPkgs,
  machine,
  dir,
  iso,
  cygwin,
}:
let
  has = path: builtins.pathExists (dir + "/${path}");
  # Text that only looks like a store path is not an input, and so not in the sandbox.
  isInput =
    value:
    value == null || lib.isPath value || lib.isDerivation value || (lib.isString value && builtins.hasContext value);
  inputMessage = name: value: ''
    ${name}: not a file that Nix knows, got ${if lib.isString value then "the text \"${value}\"" else "a ${builtins.typeOf value}"}
      Allowed: a path, a derivation, or null. For a store path as text: builtins.storePath or a fixed-output derivation.'';
  missing = path: ''
    ${path}: missing from ${toString dir}
      Run: casement generate. A flake in git sees tracked files only: git add --intent-to-add ${baseNameOf (toString dir)}'';
in
[
  {
    assertion = toolPkgs.stdenv.hostPlatform.system == "x86_64-linux";
    message = ''
      toolPkgs: system is not supported, got '${toolPkgs.stdenv.hostPlatform.system}'
        Allowed: x86_64-linux. Build on such a machine, or give Nix one as a remote builder and take its package set.'';
  }
  {
    assertion = iso != null || machine.iso != null;
    message = ''
      iso: no Windows ISO is known
        Run: casement media add FILE.iso, which writes its name and hash into the spec; then: casement generate.
        Or hand it over: casement.lib.load { iso = …; }, and for a trial without Windows iso = (casement.lib.standIn { }).iso.'';
  }
  {
    assertion = isInput iso;
    message = inputMessage "iso" iso;
  }
  {
    assertion = cygwin != null;
    message = ''
      cygwin: no folder with Cygwin's packages is known
        Hand over a folder with setup-x86_64.exe, x86_64/setup.ini and the packages that it names: casement.lib.load { cygwin = …; }.'';
  }
  {
    assertion = isInput cygwin;
    message = inputMessage "cygwin" cygwin;
  }
]
++ map (path: {
  assertion = has path;
  message = missing path;
}) (
  [
    "media/bootstrap"
    "controller/smb.conf"
    "controller/smbpasswd"
  ]
  ++ lib.optional machine.hardware.floppy "media/floppy.img"
)
