# What load refuses before anything is built: { assertion; message; }, each message with what to do about it.
{
  lib,
  toolPkgs,
  machine,
  dir,
  iso,
  cygwin,
  cygwinPackages,
  openssh,
  virtioWin,
  drivers,
}:
let
  has = path: builtins.pathExists (dir + "/${path}");
  # Text that only looks like a store path is not an input, and so not in the sandbox. An input of a flake is a set with its path.
  isInput =
    value:
    value == null
    || lib.isPath value
    || lib.isDerivation value
    || ((lib.isString value || value ? outPath) && builtins.hasContext "${value}");
  # nix/ never sees an ISO's contents, but a path that is not there is known at once.
  isThere = value: !(lib.isPath value) || builtins.pathExists value;
  absentMessage = name: value: ''
    ${name}: ${toString value} does not exist
      Put it there, or name another place. A flake in git sees tracked files only: git add --intent-to-add FILE'';
  inputMessage = name: value: ''
    ${name}: not a file that Nix knows, got ${if lib.isString value then "the text \"${value}\"" else "a ${builtins.typeOf value}"}
      Allowed: a path, a derivation, an input of a flake, or null. For a store path as text: builtins.storePath or a fixed-output derivation.'';
  checkInput = name: value: [
    {
      assertion = isInput value;
      message = inputMessage name value;
    }
    {
      assertion = isThere value;
      message = absentMessage name value;
    }
  ];
  # QEMU knows the machine types of the versions before its own; one that was built by hand may not say which it is.
  qemuVersion = (toolPkgs.qemu_kvm or toolPkgs.qemu).version or null;
  checkMachineType =
    field: machineType:
    let
      wanted = lib.last (lib.splitString "-" machineType);
    in
    {
      assertion = qemuVersion == null || lib.versionAtLeast qemuVersion wanted;
      message = ''
        ${field}: ${machineType} needs QEMU ${wanted} or later, and toolPkgs has ${toString qemuVersion}
          Leave toolPkgs out, and Casement takes its own nixpkgs; or name an older type in the spec and run: casement generate'';
    };
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
    assertion = machine.architecture != "arm64" || machine.hardware.accelerator == "tcg";
    message = ''
      hardware.accelerator: '${machine.hardware.accelerator}' cannot run an arm64 guest on ${toolPkgs.stdenv.hostPlatform.system}
        Set hardware.accelerator to tcg in the spec, which emulates it, and run: casement generate'';
  }
  (checkMachineType "hardware.machineType" machine.hardware.machineType)
  (checkMachineType "controller.machineType" machine.controller.machineType)
  {
    assertion = iso != null || machine.iso != null;
    message = ''
      iso: no Windows ISO is known
        Put it into the store and its name and hash into the spec, windows.iso.name and windows.iso.sha256:
          casement media add FILE.iso            prints the lines; or nix hash file FILE.iso && nix-store --add-fixed sha256 FILE.iso
          casement generate
        ${
          if machine.isoPage == null then
            "Microsoft offers it to subscribers (my.visualstudio.com/Downloads) and volume licensees."
          else
            "Microsoft's page for ${machine.release}: ${machine.isoPage}"
        } With windows.iso.url Nix fetches it.
        Or hand it over: casement.lib.load { iso = …; }, and for a trial without Windows iso = (casement.lib.standIn { }).iso.'';
  }
  {
    assertion = cygwin != null || machine.access.kind != "cygwin";
    message = ''
      cygwin: no folder with Cygwin's packages is known
        Lock it: casement lock --archive URL --setup-program URL && casement generate
        Or hand over a folder with setup-x86_64.exe, x86_64/setup.ini and the packages that it names: casement.lib.load { cygwin = …; }
        (with the stand-in: (casement.lib.standIn { }).cygwin).'';
  }
]
++ lib.optionals (machine.access.kind == "openssh") [
  {
    assertion = cygwin == null && cygwinPackages == null;
    message = ''
      cygwin, cygwinPackages: the spec says access: openssh, and then there is no Cygwin
        Leave the arguments out, or set access: cygwin in the spec and run: casement generate'';
  }
  {
    # What others have of it is on a medium of its own, or behind a network.
    assertion = openssh != null || machine.release == "windows-server-2025";
    message = ''
      openssh: no Win32-OpenSSH is known, and of all releases only Server 2025 brings an OpenSSH server along
        Hand over its release's zip, pinned by its hash, or a folder with what is in it: casement.lib.load { openssh = …; }
        (with the stand-in: (casement.lib.standIn { }).openssh).'';
  }
]
++ lib.optional (machine.access.kind == "cygwin") {
  assertion = openssh == null;
  message = ''
    openssh: the spec says access: cygwin, which brings an sshd of its own
      Leave the argument out, or set access: openssh in the spec and run: casement generate'';
}
++ checkInput "openssh" openssh
++ checkInput "iso" iso
++ checkInput "cygwin" cygwin
++ checkInput "cygwinPackages" cygwinPackages
++ import ./driver-asserts.nix {
  inherit
    lib
    machine
    virtioWin
    drivers
    checkInput
    ;
}
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
