# Hands a package set on if it has what nix/ takes from one; if not, names all that it lacks, in place of Nix' own message
# about the first of them.
toolPkgs:
let
  inherit (toolPkgs) lib;

  # Any of `names` will do. Of nixpkgs 24.11 and later, each has all but those with `since`.
  wanted =
    map (name: { names = [ name ]; }) [
      "_7zz"
      "cacert"
      "cpio"
      "gnutar"
      "kmod"
      "linuxPackages.kernel"
      "pkgsStatic.busybox"
      "samba"
      "stdenvNoCC.mkDerivation"
      "vde2"
      "xorriso"
      "xz"
      "zstd"
    ]
    ++ [
      {
        names = [ "nodejs_24" ];
        since = "25.05";
      }
      {
        names = [
          "qemu_kvm"
          "qemu"
        ];
      }
      {
        names = [
          "util-linuxMinimal"
          "util-linux"
        ];
      }
    ];

  has = name: lib.hasAttrByPath (lib.splitString "." name) toolPkgs;
  missing = lib.filter ({ names, ... }: !(lib.any has names)) wanted;
  show =
    {
      names,
      since ? null,
    }:
    "  - ${lib.concatStringsSep " or " names}${
      lib.optionalString (since != null) " (in nixpkgs since ${since})"
    }";
  release = lib.trivial.release or "of an unknown release";
in
if !(toolPkgs ? lib) then
  throw ''
    casement: toolPkgs is not a package set: it has no `lib`
      Hand over nixpkgs, imported for x86_64-linux, or leave it out: then Casement takes the one that its flake.lock names.''
else
  lib.throwIf (missing != [ ]) ''
    casement: toolPkgs (nixpkgs ${release}) lacks what Casement builds its VMs with:
    ${lib.concatMapStringsSep "\n" show missing}
      Leave toolPkgs out, or the line inputs.casement.inputs.nixpkgs.follows: then Casement takes the nixpkgs that its flake.lock names.
      Or take a newer one.'' toolPkgs
