# load: a generated folder -> the snapshot as a derivation, with everything else beside it (docs/nix.md).
{
  defaultToolPkgs,
  # lib.load, for `override`: new arguments are looked at as the first ones were.
  load,
}:
{
  # The user's nixpkgs: asked for its licence policy only; what it builds gets into a run through the script.
  pkgs,
  # The folder that `casement generate` wrote.
  dir,
  # A path or derivation in the place of the ISO that the spec names; required where it names none.
  iso ? null,
  # A folder with setup-x86_64.exe, x86_64/setup.ini and the packages that it names; null: what cygwin.lock.json says.
  cygwin ? null,
  # A folder with the files of cygwin.lock.json, laid out like the archive, in the place of downloads.
  cygwinPackages ? null,
  # Win32-OpenSSH, where the spec says `access: openssh`: its release's zip, or a folder with what is in it. Null: Windows' own.
  openssh ? null,
  # virtio-win, where the spec asks for it: nixpkgs' package, its ISO, or a folder laid out like the ISO.
  virtioWin ? null,
  # { NAME = folder with drivers; } for each name of the spec's windows.drivers.folders.
  drivers ? { },
  # True when `iso` is the stand-in, which says so itself.
  standIn ? iso.casementStandIn or iso.passthru.casementStandIn or false,
  # Where QEMU and the other tools come from. Another set means another QEMU, and so another installation.
  toolPkgs ? defaultToolPkgs,
  # Whether the medium is compared with the spec before it is installed from.
  checkMedium ? true,
  # Casement's own programs: { runtime, agent, … }.
  packages ? import ./package.nix {
    pkgs = toolPkgs;
    src = ../.;
  },
  # A derivation with vmlinux and initrd (and `append`, more words for the kernel); null: the minimal one.
  controller ? null,
}@given:
let
  inherit (toolPkgs) lib;
  machine = import ./machine.nix { inherit lib dir; };
  tools = import ./tools.nix {
    inherit toolPkgs;
    inherit (machine) architecture;
  };
  prefix = "casement-${machine.name}";

  failed = lib.filter (check: !check.assertion) (
    import ./asserts.nix {
      inherit
        lib
        toolPkgs
        machine
        dir
        iso
        cygwinPackages
        openssh
        virtioWin
        drivers
        ;
      cygwin = theCygwin;
    }
  );
  checked = lib.throwIf (failed != [ ]) "casement: ${machine.name} cannot be loaded:\n${
    lib.concatMapStringsSep "\n" (check: "- ${check.message}") failed
  }";

  licensed = import ./licence.nix { inherit pkgs standIn; };
  meta = lib.optionalAttrs (!standIn) { license = lib.licenses.unfree; };

  # Names and contents alone decide these store paths: not the folder around, nor the commit it is in (trap: "${dir}/…").
  single =
    name: path:
    builtins.path {
      inherit name;
      path = dir + "/${path}";
    };

  install = licensed "${prefix}-iso" (
    if iso == null then
      import ./iso.nix {
        inherit toolPkgs meta;
        inherit (tools) node;
        inherit (machine) iso;
        page = machine.isoPage;
      }
    else
      iso
  );
  isCygwin = machine.access.kind == "cygwin";
  theCygwin =
    if !isCygwin then
      cygwin
    else if cygwin != null || !(builtins.pathExists (dir + "/cygwin.lock.json")) then
      cygwin
    else
      import ./cygwin.nix {
        inherit lib toolPkgs dir;
        inherit (tools) node;
        packages = cygwinPackages;
      };
  mediumCheck = import ./medium-check.nix {
    inherit (tools) node sevenZip;
    inherit (packages) media;
    inherit machine;
    iso = install;
  };
  bootstrapIso = import ./bootstrap-iso.nix {
    name = "${prefix}-bootstrap.iso";
    inherit (tools) xorriso;
    bootstrap = single "${prefix}-bootstrap" "media/bootstrap";
    inherit lib;
    access =
      if isCygwin then
        { cygwin = theCygwin; }
      else
        lib.optionalAttrs (openssh != null) {
          openssh = import ./openssh.nix {
            inherit (tools) node sevenZip;
            inherit openssh;
          };
        };
    drivers = import ./drivers.nix {
      inherit
        lib
        machine
        virtioWin
        drivers
        ;
      inherit (tools) xorriso;
    };
  };

  minimalController = import ./controller/minimal.nix {
    inherit toolPkgs dir;
  };
  # A system of the user's own boots each time: what would sleep in it, and whether it may be copied, nobody else knows.
  theController =
    if controller != null then
      controller
    else
      minimalController
      // {
        frozen = import ./controller-snapshot.nix {
          inherit stage machine;
          stageConfig = configs.controller minimalController;
        };
      };

  stage = import ./stage.nix {
    inherit (tools) node;
    inherit (packages) runtime;
    requiredSystemFeatures =
      lib.optional (machine.hardware.accelerator == "kvm") "kvm" ++ machine.nix.requiredSystemFeatures;
  };
  configs = import ./stage-config.nix {
    inherit
      lib
      machine
      tools
      standIn
      ;
    agent = "${packages.agent}/share/casement/agent.mjs";
  };

  image = licensed "${prefix}-image" (
    import ./image.nix {
      inherit stage machine meta;
      stageConfig = configs.image {
        iso = install;
        inherit bootstrapIso;
        floppy = if machine.hardware.floppy then single "${prefix}-floppy.img" "media/floppy.img" else null;
      };
      passthru = { inherit bootstrapIso; };
      mediumCheck = if checkMedium then mediumCheck else null;
    }
  );

  windows = import ./windows.nix {
    inherit
      lib
      pkgs
      machine
      tools
      toolPkgs
      packages
      stage
      configs
      licensed
      meta
      standIn
      ;
    controller = theController;
    passthru = {
      iso = install;
      inherit bootstrapIso mediumCheck;
      cygwin = theCygwin;
      override = changes: load (given // (if lib.isFunction changes then changes given else changes));
    };
  } { image = checked image; };
in
checked windows
