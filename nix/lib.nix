# What Casement offers to other expressions; flake.nix, default.nix and the overlay hand it out as `lib`.
{
  # The package set that the VMs' tools come from where a caller names none.
  toolPkgs,
  # The user's own package set, for callers that name none; null: they have to.
  pkgs ? null,
}:
let
  defaultToolPkgs = import ./assert-tools.nix toolPkgs;
  assertTools = given: if given ? toolPkgs then import ./assert-tools.nix given.toolPkgs else defaultToolPkgs;

  userPkgs =
    if pkgs != null then
      pkgs
    else
      throw ''
        casement: load: your package set is not known
          Hand it over: import ./casement { inherit pkgs casement; }'';

  load =
    given:
    import ./load.nix { inherit defaultToolPkgs load; } (
      { pkgs = userPkgs; } // given // { toolPkgs = assertTools given; }
    );

  packagesOf =
    toolPkgs:
    import ./package.nix {
      pkgs = toolPkgs;
      src = ../.;
    };
in
{
  # A generated folder -> the snapshot, with image, runCommand and the rest beside it. docs/nix.md has the arguments.
  inherit load;

  # The controller as a NixOS system, for load's `controller`: more to choose from than the minimal one, and more to build.
  nixosController =
    {
      # The generated folder.
      dir,
      # NixOS modules beside the generated one.
      modules ? [ ],
      # A nixpkgs with NixOS.
      pkgs ? defaultToolPkgs,
    }:
    import ./controller/nixos.nix {
      inherit pkgs dir modules;
    };

  # Arguments of a loaded machine's `layer` for software as it is shipped: { msi; exe; zip; msys2; }. docs/layers.md has examples.
  layers = import ./layers { inherit toolPkgs; };

  # `casement generate --check` as a derivation, for a flake's checks: fails if the generated folder is not what the spec says.
  driftCheck = import ./drift-check.nix {
    toolPkgs = defaultToolPkgs;
    inherit (packagesOf defaultToolPkgs) casement;
  };

  # The demonstration medium in the place of a Windows ISO, and packages for it: { iso, cygwin, openssh }. It is not Windows.
  # `wine` adds the package stand-in-wine to `cygwin`: with it, programs for Windows run there.
  standIn =
    {
      toolPkgs ? defaultToolPkgs,
      wine ? false,
    }:
    import ./stand-in {
      inherit wine;
      pkgs = toolPkgs;
      inherit (packagesOf toolPkgs) standIn;
    };

  # For `config.allowUnfreePredicate` of the nixpkgs that is handed to load: allows Casement's ISO, image and snapshot only.
  allowUnfreePredicate =
    package: builtins.substring 0 9 (package.pname or (builtins.parseDrvName package.name).name) == "casement-";
}
