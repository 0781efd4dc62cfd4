# The stand-in: an install ISO that plays Windows Setup and then Windows with Cygwin, and packages for that Cygwin.
# { iso; cygwin; openssh; }; iso.casementStandIn says what it is. Nothing that runs on it is ever called Windows (docs/stand-in.md).
{
  pkgs,
  # Holds share/casement/stand-in.mjs.
  standIn,
  # Adds the package stand-in-wine to `cygwin`, with which the machine runs Windows programs.
  wine ? false,
  # Names of the images in install.wim, in the order of their indexes; answer files ask for one of them, and its name tells
  # Setup which release's files to ask for (src/stand-in/setup/images.ts).
  editions ? [
    "Windows 10 Home"
    "Windows 10 Pro"
    "Windows 10 Enterprise Evaluation"
    "Windows 11 Home"
    "Windows 11 Education"
    "Windows 11 Pro"
    "Windows 11 Enterprise Evaluation"
    "Windows 7 PROFESSIONAL"
    "Windows 8.1 Pro"
    "Windows Server 2008 R2 SERVERSTANDARD"
    "Windows Server 2012 R2 SERVERSTANDARD"
    "Windows Server 2016 SERVERSTANDARD"
    "Windows Server 2019 SERVERSTANDARD"
    "Windows Server 2022 SERVERSTANDARD"
    "Windows Server 2025 SERVERSTANDARD"
  ],
}:
let
  inherit (pkgs) lib runCommand;
  inherit (pkgs.linuxPackages) kernel;
  kernelModules = kernel.modules or kernel;
  busybox = "${pkgs.pkgsStatic.busybox}/bin/busybox";
  bundle = "${standIn}/share/casement/stand-in.mjs";
  files = ./files;
  node = lib.getExe' (pkgs.nodejs-slim_24 or pkgs.nodejs_24) "node";
  wimlibImagex = lib.getExe' pkgs.wimlib "wimlib-imagex";

  # Only these scripts are read by the builds: the rest of this folder can change without a rebuild.
  scripts = lib.fileset.toSource {
    root = ./.;
    fileset = lib.fileset.unions [
      ./programs.sh
      ./modules.sh
    ];
  };
  build =
    name: tools: env: script:
    runCommand name (
      env
      // {
        inherit files scripts;
        nativeBuildInputs = tools;
        preferLocalBuild = true;
      }
    ) "source ${script}";

  initramfs = build "casement-stand-in-initramfs" [ pkgs.kmod pkgs.cpio pkgs.xz pkgs.zstd ] {
    inherit busybox;
    kernel = kernelModules;
  } ./build-initramfs.sh;

  # Boot loader files in one folder: nixpkgs and the host tools have them under the same names.
  syslinux = "${pkgs.syslinux}/share/syslinux";

  # The boot loader of UEFI machines: one small program that reads its entries from text files.
  systemdBoot = "${pkgs.systemd}/lib/systemd/boot/efi/systemd-bootx64.efi";

  pe = build "casement-stand-in-setup" [ pkgs.patchelf pkgs.kmod pkgs.xz pkgs.zstd ] {
    inherit
      busybox
      node
      bundle
      wimlibImagex
      syslinux
      systemdBoot
      ;
    kernel = kernelModules;
    mke2fs = lib.getExe' pkgs.e2fsprogs "mke2fs";
    debugfs = lib.getExe' pkgs.e2fsprogs "debugfs";
    extlinux = lib.getExe' pkgs.syslinux "extlinux";
  } ./build-pe.sh;

  windows = build "casement-stand-in-system" [ pkgs.patchelf pkgs.kmod pkgs.xz pkgs.zstd ] {
    inherit
      busybox
      node
      bundle
      initramfs
      ;
    kernel = kernelModules;
    bzImage = "${kernel}/bzImage";
  } ./build-windows.sh;

  iso =
    build "casement-stand-in.iso" [ ] {
      inherit
        pe
        windows
        initramfs
        syslinux
        systemdBoot
        wimlibImagex
        ;
      bzImage = "${kernel}/bzImage";
      xorriso = lib.getExe' pkgs.xorriso "xorriso";
      mformat = lib.getExe' pkgs.mtools "mformat";
      mmd = lib.getExe' pkgs.mtools "mmd";
      mcopy = lib.getExe' pkgs.mtools "mcopy";
      editions = pkgs.writeText "editions" (lib.concatMapStrings (edition: "${edition}\n") editions);
      label = "STAND_IN_X64FRE_EN-US";
    } ./build-iso.sh
    // {
      casementStandIn = true;
    };

  wineTree = build "casement-stand-in-wine" [ pkgs.patchelf pkgs.binutils-unwrapped ] {
    wine = pkgs.wineWow64Packages.minimal;
    freetype = "${lib.getLib pkgs.freetype}/lib/libfreetype.so.6";
    mingwGcc = lib.getExe' pkgs.pkgsCross.mingwW64.buildPackages.gcc "x86_64-w64-mingw32-gcc";
  } ./build-wine.sh;

  cygwin = build "casement-stand-in-cygwin" [ pkgs.patchelf pkgs.zstd ] {
    wine = lib.optionalString wine "${wineTree}";
    bash = pkgs.bash;
    coreutils = pkgs.coreutils;
    findutils = pkgs.findutils;
    diffutils = pkgs.diffutils;
    gnused = pkgs.gnused;
    gnugrep = pkgs.gnugrep;
    gawk = pkgs.gawk;
    gnutar = pkgs.gnutar;
    gzip = pkgs.gzip;
    bzip2 = lib.getBin pkgs.bzip2;
    xz = lib.getBin pkgs.xz;
    zstd = lib.getBin pkgs.zstd;
    openssh = pkgs.openssh;
    sftpServer = "${pkgs.openssh}/libexec/sftp-server";
    gnumake = pkgs.gnumake;
    gnupatch = pkgs.patch;
    binutils = pkgs.binutils-unwrapped;
    file = lib.getExe' pkgs.file "file";
    magic = "${pkgs.file}/share/misc/magic.mgc";
    tcc = lib.getExe' pkgs.tinycc "tcc";
    tccLibrary = "${lib.getLib pkgs.tinycc}/lib/tcc";
    muslInclude = "${lib.getDev pkgs.musl}/include";
    muslLibrary = "${pkgs.musl}/lib";
  } ./build-cygwin.sh;
  openssh = build "casement-stand-in-openssh" [ pkgs.patchelf ] { openssh = pkgs.openssh; } ./build-openssh.sh;
in
{
  inherit iso cygwin openssh;
}
