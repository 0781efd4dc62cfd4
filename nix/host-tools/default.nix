# The package set: same attribute names as nixpkgs, for the part that Casement's nix/ uses.
# `npm run setup` copies this folder to .tools/host-tools and puts versions.json beside it: import that copy.
{
  system ? "x86_64-linux",
  config ? { },
  overlays ? [ ],
}:
let
  lib = import ./lib.nix;
  versions =
    if system != "x86_64-linux" then
      throw "host-tools: system is not supported, got '${system}'; allowed: x86_64-linux"
    else if builtins.pathExists ./versions.json then
      lib.importJSON ./versions.json
    else
      throw "host-tools: versions.json is missing from ${toString ./.}; run 'npm run setup' and import .tools/host-tools instead";

  base =
    self:
    {
      inherit lib system config;
      pkgs = self;
      # Folders beside /nix/store that these tools need when they run; nixpkgs' tools need none and have no such attribute.
      # Whoever mounts it also makes the links /bin, /sbin, /lib and /lib64 into it.
      casementHostPaths = [ "/usr" ];
      callPackage = lib.callPackageWith self;
      newScope = extra: lib.callPackageWith (self // extra);
    }
    // import ./builders.nix { inherit lib system self; }
    // import ./tools.nix { inherit lib versions self; };

  # Overlays as in nixpkgs: each sees the final set and the one before it.
  extended = lib.foldl' (
    layer: overlay: self:
    let
      super = layer self;
    in
    super // overlay self super
  ) base overlays;
in
lib.fix extended
