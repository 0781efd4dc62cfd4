# What Casement offers to other expressions; flake.nix and default.nix hand it out as `lib`.
# `toolPkgs` is the package set that the VMs' tools come from where a caller names none.
{ toolPkgs }:
let
  defaultToolPkgs = toolPkgs;
in
{
  # A generated folder -> the snapshot, with image, runCommand and the rest beside it. docs/nix.md has the arguments.
  load = import ./load.nix { inherit defaultToolPkgs; };

  # Arguments of a loaded machine's `layer` for software as it is shipped: { msi; exe; zip; msys2; }. docs/layers.md has examples.
  layers = import ./layers { inherit toolPkgs; };

  # The demonstration medium in the place of a Windows ISO, and packages for it: { iso, cygwin, openssh }. It is not Windows.
  standIn =
    {
      toolPkgs ? defaultToolPkgs,
    }:
    import ./stand-in {
      pkgs = toolPkgs;
      inherit (import ./package.nix { pkgs = toolPkgs; src = ../.; }) standIn;
    };

  # For `config.allowUnfreePredicate` of the nixpkgs that is handed to load: allows Casement's ISO, image and snapshot only.
  allowUnfreePredicate =
    package: builtins.substring 0 9 (package.pname or (builtins.parseDrvName package.name).name) == "casement-";
}
