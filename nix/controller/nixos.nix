# The controller as a NixOS system: the generated module, slim, and whatever modules its owner adds. Gives what load takes as
# `controller`: $out/vmlinux, $out/initrd, and `append` for the kernel's command line.
{
  # A nixpkgs with NixOS.
  pkgs,
  # The generated folder.
  dir,
  modules,
}:
let
  inherit (pkgs) lib;
  module = dir + "/controller/module.nix";
  inherit
    (pkgs.nixos {
      imports = [
        module
        ./slim.nix
      ]
      ++ modules;
    })
    config
    ;
  inherit (config.system.build) toplevel initialRamdisk;
  kernel = lib.getDev config.boot.kernelPackages.kernel;
in
lib.throwIfNot (pkgs ? nixos)
  ''
    casement: nixosController: this package set has no NixOS (no attribute `nixos`)
      Hand over a nixpkgs: casement.lib.nixosController { pkgs = import nixpkgs { system = "x86_64-linux"; }; … }''
  (
    lib.throwIfNot (builtins.pathExists module) ''
      casement: nixosController: ${toString module}: not found
        Run: casement generate. A flake in git sees tracked files only: git add --intent-to-add ${baseNameOf (toString dir)}''
      (
        pkgs.runCommand "casement-controller-nixos"
          {
            passthru = {
              inherit config;
              append = lib.concatStringsSep " " ([ "init=${toplevel}/init" ] ++ config.boot.kernelParams);
            };
          }
          ''
            mkdir $out
            ln -s ${kernel}/vmlinux $out/vmlinux
            ln -s ${initialRamdisk}/${config.system.boot.loader.initrdFile} $out/initrd
          ''
      )
  )
