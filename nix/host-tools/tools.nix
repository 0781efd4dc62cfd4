# Packages under their nixpkgs names. Each links programs of a Debian package; that package's version is in its hash.
{
  lib,
  versions,
  self,
}:
let
  debianVersion =
    package:
    versions.debian.${package}
      or (throw "host-tools: the Debian package ${package} is not installed; run 'npm run setup'");

  # tool NAME { package; bin; links }: bin lists programs of /usr/bin or /usr/sbin, links maps paths in the output to files.
  tool =
    pname:
    {
      package ? pname,
      bin ? [ pname ],
      links ? { },
      mainProgram ? lib.head (bin ++ [ pname ]),
      passthru ? { },
    }:
    let
      drv = derivation {
        name = "${pname}-${lib.strings.sanitizeDerivationName (debianVersion package)}";
        system = "x86_64-linux";
        builder = "/usr/bin/bash";
        args = [ "-e" ./link-tools.sh ];
        programs = bin;
        links = lib.mapAttrsToList (path: target: "${path}=${target}") links;
        debianPackage = "${package} ${debianVersion package}";
      };
    in
    drv
    // passthru
    // {
      inherit pname passthru;
      # Debian's EPOCH:VERSION+MORE.
      version = lib.elemAt (builtins.match "([0-9]+:)?([^+~-]*).*" (debianVersion package)) 1;
      meta = { inherit mainProgram; platforms = [ "x86_64-linux" ]; };
    };

  # Something that setup has put into the store under this very name and hash: being valid, it is never built.
  added =
    key:
    let
      entry = versions.added.${key} or (throw "host-tools: '${key}' is not recorded in versions.json; run 'npm run setup'");
    in
    derivation {
      inherit (entry) name;
      system = "x86_64-linux";
      builder = "/usr/bin/bash";
      args = [ "-c" "echo '${entry.name}: not in the Nix store any more; run: npm run setup' >&2; exit 1" ];
      outputHashMode = "recursive";
      outputHash = entry.hash;
      preferLocalBuild = true;
      allowSubstitutes = false;
    }
    // { inherit (entry) version; };

  simple = pname: tool pname { };
  programs = pname: package: bin: tool pname { inherit package bin; };
in
{
  _7zz = programs "7zz" "7zip" [ "7zz" ];
  bash = tool "bash" { bin = [ "bash" "sh" ]; };
  bashInteractive = self.bash;
  binutils-unwrapped = programs "binutils" "binutils" [ "ar" "as" "ld" "nm" "objcopy" "objdump" "ranlib" "readelf" "size" "strings" "strip" ];
  bzip2 = simple "bzip2";
  cacert = tool "ca-certificates" {
    bin = [ ];
    # Not in a sandbox; there to be named. Fetching is setup's work here.
    links."etc/ssl/certs/ca-bundle.crt" = "?/etc/ssl/certs/ca-certificates.crt";
  };
  cdrkit = programs "cdrkit" "genisoimage" [ "genisoimage" ];
  coreutils = programs "coreutils" "coreutils" (lib.splitString " " (
    "arch b2sum base32 base64 basename basenc cat chcon chgrp chmod chown chroot cksum comm cp csplit cut date dd df dir "
    + "dircolors dirname du echo env expand expr factor false fmt fold groups head hostid id install join link ln logname "
    + "ls md5sum mkdir mkfifo mknod mktemp mv nice nl nohup nproc numfmt od paste pathchk pinky pr printenv printf ptx pwd "
    + "readlink realpath rm rmdir runcon seq sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split "
    + "stat stdbuf stty sum sync tac tail tee test timeout touch tr true truncate tsort tty uname unexpand uniq unlink "
    + "users vdir wc who whoami yes"
  ));
  cpio = simple "cpio";
  diffutils = programs "diffutils" "diffutils" [ "diff" "cmp" "diff3" "sdiff" ];
  dosfstools = programs "dosfstools" "dosfstools" [ "mkfs.fat" "mkfs.vfat" "fsck.fat" "fatlabel" ];
  e2fsprogs = programs "e2fsprogs" "e2fsprogs" [ "mkfs.ext4" "mke2fs" "e2fsck" "debugfs" "dumpe2fs" "resize2fs" "tune2fs" ];
  file = tool "file" { links."share/misc/magic.mgc" = "/usr/lib/file/magic.mgc"; };
  findutils = programs "findutils" "findutils" [ "find" "xargs" ];
  freetype = tool "freetype" {
    package = "libfreetype6";
    bin = [ ];
    links."lib/libfreetype.so.6" = "/usr/lib/x86_64-linux-gnu/libfreetype.so.6";
  };
  gawk = programs "gawk" "gawk" [ "gawk" "awk" ];
  gcc = programs "gcc" "gcc" [ "gcc" "cc" "cpp" "ld" "as" "ar" "nm" "objcopy" "objdump" "ranlib" "readelf" "strip" ];
  git = simple "git";
  gnugrep = programs "gnugrep" "grep" [ "grep" "egrep" "fgrep" ];
  gnumake = programs "gnumake" "make" [ "make" ];
  gnused = programs "gnused" "sed" [ "sed" ];
  gnutar = programs "gnutar" "tar" [ "tar" ];
  gzip = programs "gzip" "gzip" [ "gzip" "gunzip" "zcat" ];
  iproute2 = programs "iproute2" "iproute2" [ "ip" "ss" ];
  kmod = programs "kmod" "kmod" [ "kmod" "depmod" "insmod" "lsmod" "modinfo" "modprobe" "rmmod" ];
  musl = tool "musl" {
    package = "musl-dev";
    bin = [ ];
    links.include = "/usr/include/x86_64-linux-musl";
    links.lib = "/usr/lib/x86_64-linux-musl";
  };
  casementMingw = programs "mingw-w64" "gcc-mingw-w64-x86-64-win32" (
    map (name: "x86_64-w64-mingw32-${name}") [ "gcc" "ar" "ranlib" "strip" "ld" "as" "nm" "objdump" "dlltool" "windres" ]
  );
  mtools = programs "mtools" "mtools" [ "mtools" "mattrib" "mcopy" "mdel" "mdir" "mformat" "minfo" "mlabel" "mmd" "mpartition" "mtype" ];
  openssh = tool "openssh" {
    package = "openssh-server";
    bin = [ "ssh" "sshd" "ssh-keygen" "ssh-keyscan" "ssh-add" "ssh-agent" "scp" "sftp" ];
    links."libexec/sftp-server" = "/usr/lib/openssh/sftp-server";
  };
  patch = simple "patch";
  patchelf = simple "patchelf";
  qemu = tool "qemu" {
    package = "qemu-system-x86";
    mainProgram = "qemu-system-x86_64";
    bin = [ "qemu-system-x86_64" "qemu-system-i386" "qemu-img" "qemu-io" "qemu-nbd" ];
    links."share/qemu" = "/usr/share/qemu";
  };
  # nixpkgs' qemu runs every architecture; Debian's for arm64 is a package of its own, which setup installs when it is asked to.
  casementQemuAarch64 =
    if versions.debian ? qemu-system-arm && versions.debian ? qemu-efi-aarch64 then
      tool "qemu-aarch64" {
        package = "qemu-system-arm";
        mainProgram = "qemu-system-aarch64";
        bin = [ "qemu-system-aarch64" ];
        links = {
          # As QEMU's own build names them.
          "share/qemu/edk2-aarch64-code.fd" = "/usr/share/AAVMF/AAVMF_CODE.fd";
          "share/qemu/edk2-arm-vars.fd" = "/usr/share/AAVMF/AAVMF_VARS.fd";
        };
      }
    else
      throw "host-tools: arm64 guests need the Debian packages qemu-system-arm and qemu-efi-aarch64; run 'npm run setup -- --arm64'";
  qemu-utils = programs "qemu-utils" "qemu-utils" [ "qemu-img" "qemu-io" "qemu-nbd" ];
  samba = programs "samba" "samba" [ "smbd" "nmbd" "smbclient" "smbpasswd" "pdbedit" "testparm" "smbcontrol" "smbstatus" ];
  swtpm = programs "swtpm" "swtpm" [ "swtpm" ];
  syslinux = tool "syslinux" {
    package = "syslinux-common";
    bin = [ "extlinux" ];
    links = {
      "share/syslinux/isolinux.bin" = "/usr/lib/ISOLINUX/isolinux.bin";
      "share/syslinux/isohdpfx.bin" = "/usr/lib/ISOLINUX/isohdpfx.bin";
    }
    // lib.genAttrs' [ "mbr.bin" "gptmbr.bin" "altmbr.bin" ] (file: lib.nameValuePair "share/syslinux/${file}" "/usr/lib/syslinux/mbr/${file}")
    // lib.genAttrs' [ "ldlinux.c32" "libcom32.c32" "libutil.c32" "menu.c32" "chain.c32" "linux.c32" ] (
      file: lib.nameValuePair "share/syslinux/${file}" "/usr/lib/syslinux/modules/bios/${file}"
    );
  };
  systemd = tool "systemd" {
    package = "systemd-boot-efi";
    bin = [ ];
    links."lib/systemd/boot/efi/systemd-bootx64.efi" = "/usr/lib/systemd/boot/efi/systemd-bootx64.efi";
  };
  tinycc = tool "tcc" { links."lib/tcc" = "/usr/lib/x86_64-linux-gnu/tcc"; };
  util-linux = programs "util-linux" "util-linux" [
    "blkid" "blockdev" "fallocate" "findmnt" "flock" "getopt" "losetup" "lsblk" "mkswap" "more" "mount"
    "mountpoint" "nsenter" "prlimit" "setpriv" "setsid" "sfdisk" "taskset" "umount" "unshare" "wipefs"
  ];
  util-linuxMinimal = self.util-linux;
  vde2 = tool "vde2" {
    package = "vde-switch";
    bin = [ "vde_switch" ];
  };
  # Wine for 64 bits, laid out as nixpkgs' is up to Wine 9.
  wineWow64Packages.minimal = tool "wine" {
    package = "wine64";
    bin = [ ];
    links = {
      "bin/wine64" = "/usr/lib/wine/wine64";
      "bin/wineserver" = "/usr/lib/wine/wineserver64";
      "lib/wine" = "/usr/lib/x86_64-linux-gnu/wine";
      "share/wine" = "/usr/share/wine";
    };
  };
  wimlib = programs "wimlib" "wimtools" [ "wimlib-imagex" "wimapply" "wimcapture" "wiminfo" "wimextract" "wimdir" "wimupdate" ];
  xorriso = programs "xorriso" "xorriso" [ "xorriso" "xorrisofs" "osirrox" ];
  xz = programs "xz" "xz-utils" [ "xz" "unxz" "xzcat" ];
  zstd = programs "zstd" "zstd" [ "zstd" "unzstd" "zstdcat" ];

  pkgsStatic = self // {
    busybox = tool "busybox-static" { bin = [ "busybox" ]; };
  };
  busybox = self.pkgsStatic.busybox;

  OVMF =
    let
      fd = tool "OVMF" {
        package = "ovmf";
        bin = [ ];
        links = {
          "FV/OVMF_CODE.fd" = "/usr/share/OVMF/OVMF_CODE_4M.fd";
          "FV/OVMF_VARS.fd" = "/usr/share/OVMF/OVMF_VARS_4M.fd";
        };
      };
    in
    fd
    // {
      inherit fd;
      firmware = "${fd}/FV/OVMF_CODE.fd";
      variables = "${fd}/FV/OVMF_VARS.fd";
    };
  OVMFFull =
    let
      fd = tool "OVMFFull" {
        package = "ovmf";
        bin = [ ];
        links = {
          "FV/OVMF_CODE.fd" = "/usr/share/OVMF/OVMF_CODE_4M.secboot.fd";
          "FV/OVMF_VARS.fd" = "/usr/share/OVMF/OVMF_VARS_4M.ms.fd";
        };
      };
    in
    fd
    // {
      inherit fd;
      firmware = "${fd}/FV/OVMF_CODE.fd";
      variables = "${fd}/FV/OVMF_VARS.fd";
    };

  nodejs_24 = added "node" // { pname = "nodejs"; meta.mainProgram = "node"; };
  nodejs = self.nodejs_24;
  nodejs-slim_24 = self.nodejs_24;

  linuxPackages =
    let
      kernel = added "kernel";
      modDirVersion = versions.added.kernel.version;
    in
    {
      inherit (self) callPackage;
      kernel = kernel // {
        inherit modDirVersion;
        pname = "linux";
        # nixpkgs has the uncompressed image in an output of its own, and newer ones the modules too.
        dev = added "kernel-dev";
        modules = kernel;
      };
    };
}
