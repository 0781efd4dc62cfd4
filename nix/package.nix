# Casement's own programs from its source: { npmTarballs, nodeModules, runtime, agent, media, standIn, casement }.
# Each bundle sees only the folders that it may import, so that a change in the agent does not rebuild the runtime, and
# with it every image.
{
  pkgs,
  # The repository's folder, as a path.
  src,
  # Beside the command, for expressions.
  passthru ? { },
}:
let
  inherit (pkgs) lib nodejs_24 stdenvNoCC;
  node = lib.getExe' nodejs_24 "node";
  npm = lib.importJSON ./npm/tarballs.json;

  # A source with these paths of the repository and nothing else; what does not exist is left out.
  sources =
    paths:
    lib.fileset.toSource {
      root = src;
      fileset = lib.fileset.unions (map (path: lib.fileset.maybeMissing (src + "/${path}")) paths);
    };

  # The packages as the registry serves them, checked against the integrity hashes of package-lock.json.
  npmTarballs = stdenvNoCC.mkDerivation {
    name = "casement-npm-tarballs";
    outputHashMode = "recursive";
    outputHash = npm.hash;
    nativeBuildInputs = [ nodejs_24 ];
    # The site's own proxy and registry, as with every fetcher.
    impureEnvVars = lib.fetchers.proxyImpureEnvVars ++ [ "npm_config_registry" ];
    NODE_EXTRA_CA_CERTS = "${pkgs.cacert}/etc/ssl/certs/ca-bundle.crt";
    buildCommand = ''
      export HOME=$TMPDIR
      node ${./npm/fetch-tarballs.mjs} ${./npm/tarballs.json} $out
    '';
  };

  nodeModules = stdenvNoCC.mkDerivation {
    name = "casement-node-modules";
    buildCommand = "${node} ${./npm/unpack-tarballs.mjs} ${./npm/tarballs.json} ${npmTarballs} $out";
  };

  bundle = name: bundleFrom "src/${name}/main.ts" name;

  bundleFrom =
    entry: name: folders:
    stdenvNoCC.mkDerivation {
      name = "casement-${name}";
      src = sources (
        [
          "src/contract"
          "src/process"
          "src/errors.ts"
          "src/${name}"
        ]
        ++ folders
      );
      buildCommand = ''
        cp -r --no-preserve=mode "$src" tree
        mkdir -p tree/tools $out/share/casement
        cp ${src + "/tools/bundle.ts"} tree/tools/bundle.ts
        ln -s ${nodeModules}/node_modules tree/node_modules
        cd tree
        ${node} tools/bundle.ts ${entry} $out/share/casement/${name}.mjs
      '';
      # Nothing of the build is needed afterwards, and a path that got into the text would drag it along.
      allowedReferences = [ ];
    };

  version = (lib.importJSON (src + "/package.json")).version;
in
{
  inherit npmTarballs nodeModules;

  runtime = bundle "runtime" [ ];
  agent = bundle "agent" [ ];
  media = bundleFrom "src/media/check-medium.ts" "media" [ "src/text/nearest.ts" ];
  standIn = bundle "stand-in" [
    "src/catalogue"
    "src/cygwin"
    "src/unattend"
    "src/text"
  ];

  # The command line, run from source as in a clone.
  casement = stdenvNoCC.mkDerivation {
    pname = "casement";
    inherit version passthru;
    src = sources [
      "package.json"
      "src"
      "templates"
    ];
    buildCommand = ''
      mkdir -p $out/bin $out/share
      cp -r --no-preserve=mode "$src" $out/share/casement
      ln -s ${nodeModules}/node_modules $out/share/casement/node_modules
      printf '#!%s\nexport PATH="$PATH:%s"\nexec %s %s "$@"\n' ${pkgs.runtimeShell} ${dirOf (lib.getExe' pkgs._7zz "7zz")} ${node} $out/share/casement/src/cli/start.mjs >$out/bin/casement
      chmod +x $out/bin/casement
    '';
    meta = {
      description = "Builds, tests and packages in Windows from Nix";
      license = lib.licenses.mit;
      mainProgram = "casement";
      platforms = lib.platforms.linux;
    };
  };
}
