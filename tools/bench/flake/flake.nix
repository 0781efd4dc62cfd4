{
  description = "What the benchmark builds: the machine of examples/hello, and a run that is new each time";

  inputs.casement.url = "github:casement-nix/casement";
  inputs.nixpkgs.follows = "casement/nixpkgs";

  outputs =
    { casement, nixpkgs, ... }:
    let
      system = "x86_64-linux";
      standIn = casement.lib.standIn { };
      windows = casement.lib.load {
        inherit (standIn) iso cygwin;
        inherit pkgs;
        dir = ./casement;
      };
      pkgs = nixpkgs.legacyPackages.${system};
      # The same machine with a controller that obeys the bench, too (tools/bench/share); ./obey.sh is there where a case needs it.
      withOrders = windows.override {
        controller = obedient // {
          frozen = import "${casement}/nix/controller-snapshot.nix" {
            machine = {
              name = "bench";
              nix.substituteSnapshots = false;
            };
            stage = import "${casement}/nix/stage.nix" {
              node = pkgs.lib.getExe' pkgs.nodejs_24 "node";
              inherit
                (import "${casement}/nix/package.nix" {
                  inherit pkgs;
                  src = casement.outPath;
                })
                runtime
                ;
              requiredSystemFeatures = [ ];
            };
            stageConfig = windows.controller.frozen.stageConfig // {
              controller = removeAttrs (windows.override { controller = obedient; }).stageConfig.controller [
                "frozen"
              ];
            };
          };
        };
      };
      obedient = import "${casement}/nix/controller/minimal.nix" {
        toolPkgs = pkgs;
        dir = ./casement;
        relay = pkgs.writeText "relay.sh" (
          builtins.readFile "${casement}/templates/controller/relay.sh" + builtins.readFile ./obey.sh
        );
      };
    in
    {
      packages.${system} = {
        inherit windows;
        with-orders = withOrders;
        # What the bench's scripts use in the controller, as a PATH.
        bench-path = pkgs.writeText "bench-path" (
          pkgs.lib.makeBinPath [
            pkgs.bash
            pkgs.openssh
            pkgs.gnutar
            pkgs.coreutils
            pkgs.findutils
            pkgs.gnused
            pkgs.gawk
          ]
        );
        # Another variable is another derivation: Nix has to do it, however often it has done the last one.
        fresh = windows.runCommand "fresh" { stamp = builtins.readFile ./stamp; } ''
          uname -a >"$out/uname.txt"
        '';
      };

      # A run on so many layers, one on the other; another word is another lowest layer.
      lib.runOnLayers =
        count: word:
        let
          add =
            machine: number:
            machine.layer {
              name = "layer-${toString number}";
              command = "echo ${word} ${toString number} >>/etc/layers";
            };
          top = builtins.foldl' add windows (builtins.genList (number: number) count);
        in
        (top.runCommand "last" { } "true").drvPath;
    };
}
