# `nix run`: the command line, and the demonstration on the stand-in.
{
  toolPkgs,
  packages,
  source,
}:
let
  app = description: program: {
    type = "app";
    inherit program;
    meta = { inherit description; };
  };
in
{
  default = app "Generates what Nix needs to install Windows from one spec" (toolPkgs.lib.getExe' packages.casement "casement");

  demo = app "Installs, freezes and revives the stand-in, which is not Windows, and runs three commands in it" (
    toolPkgs.lib.getExe (
      toolPkgs.writeShellApplication {
        name = "casement-demo";
        runtimeInputs = [ packages.casement ];
        text = ''
          CASEMENT_SOURCE=${source} exec bash ${./demo.sh} "$@"
        '';
      }
    )
  );
}
