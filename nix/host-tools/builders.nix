# nixpkgs' builders: stdenv.mkDerivation and the trivial ones, with the same arguments and the same meaning.
{
  lib,
  system,
  self,
}:
let
  inherit (lib) optionalAttrs optionalString;

  # What mkDerivation keeps for evaluation and does not hand to the build.
  evaluationOnly = [ "passthru" "meta" "env" "pos" "checkInputs" "nativeCheckInputs" "strictDeps" "enableParallelBuilding" ];

  makeDerivation =
    stdenv: given:
    let
      attrs = lib.toFunction given (attrs // { finalPackage = package; });
      structured = attrs.__structuredAttrs or false;
      name = attrs.name or "${attrs.pname}-${attrs.version}";
      env = attrs.env or { };
      paths = key: map lib.getBin (lib.filter (x: x != null) (lib.flatten (attrs.${key} or [ ])));
      checking = attrs.doCheck or false;
      drv = derivation (
        lib.removeAttrs attrs evaluationOnly
        // (if structured then { inherit env; } else env)
        // {
          inherit name;
          inherit (stdenv.buildPlatform) system;
          builder = attrs.realBuilder or stdenv.shell;
          args = attrs.args or [ "-e" ./default-builder.sh ];
          stdenv = "${stdenv.script}";
          nativeBuildInputs = paths "nativeBuildInputs" ++ lib.optionals checking (paths "nativeCheckInputs");
          buildInputs = paths "buildInputs" ++ lib.optionals checking (paths "checkInputs");
          initialPath = map lib.getBin stdenv.initialPath;
          # nixpkgs' wrapper of a compiler says so by its setup hook.
          crossPrefix = optionalString (stdenv.hostPlatform.config != stdenv.buildPlatform.config) "${stdenv.hostPlatform.config}-";
          # Debian's programs find their libraries and data below /usr; the version of each is part of a tool's hash.
          outputs = attrs.outputs or [ "out" ];
        }
      );
      meta = {
        inherit name;
        position = "nix/host-tools";
        available = true;
        outputsToInstall = [ (lib.findFirst (output: lib.elem output drv.outputs) "out" [ "bin" "out" ]) ];
      } // (attrs.meta or { });
      common = (attrs.passthru or { }) // {
        inherit name meta stdenv;
        passthru = attrs.passthru or { };
        overrideAttrs =
          change:
          makeDerivation stdenv (
            final:
            let
              previous = lib.toFunction given final;
              changed = if lib.isFunction change then change final else change;
            in
            previous // (if builtins.isFunction changed then changed previous else if lib.isFunction change then change previous else changed)
          );
      }
      // optionalAttrs (attrs ? pname) { inherit (attrs) pname; }
      // optionalAttrs (attrs ? version) { inherit (attrs) version; };
      outputsOf = lib.genAttrs (attrs.outputs or [ "out" ]) (
        output: drv.${output} // common // outputsOf // { outputSpecified = true; }
      );
      package = drv // common // outputsOf;
    in
    package;

  makeStdenv =
    {
      name ? "stdenv-host-tools",
      initialPath,
      buildPlatform ? lib.systems.elaborate "x86_64-unknown-linux-gnu",
      hostPlatform ? buildPlatform,
      targetPlatform ? hostPlatform,
      # Every program of the machine is there, whatever a derivation names.
      shell ? "/usr/bin/bash",
      extraNativeBuildInputs ? [ ],
      extraBuildInputs ? [ ],
      preHook ? "",
    }@given:
    let
      script = derivation {
        name = "stdenv-host-tools";
        inherit system;
        builder = "/usr/bin/bash";
        args = [ "-c" "/usr/bin/mkdir $out && /usr/bin/cp ${./setup.sh} $out/setup" ];
      };
      stdenv = {
        inherit
          name
          script
          initialPath
          shell
          preHook
          buildPlatform
          hostPlatform
          targetPlatform
          ;
        inherit (buildPlatform) system;
        inherit (hostPlatform) isLinux isx86_64 isCygwin;
        outPath = script.outPath;
        setup = ./setup.sh;
        defaultNativeBuildInputs = extraNativeBuildInputs;
        defaultBuildInputs = extraBuildInputs;
        mkDerivation = makeDerivation stdenv;
        override = changes: makeStdenv (given // (if lib.isFunction changes then changes given else changes));
      };
    in
    stdenv;
in
rec {
  stdenvNoCC = makeStdenv {
    initialPath = with self; [ coreutils findutils diffutils gnused gnugrep gawk gnutar gzip bzip2 gnumake bash patch xz file ];
  };
  stdenv = makeStdenv { initialPath = stdenvNoCC.initialPath ++ [ self.gcc ]; } // { cc = self.gcc; };
  # nixpkgs' cross compilation, as far as C with mingw-w64 goes: programs of Linux that build for Windows.
  pkgsCross.mingwW64 = lib.fix (cross: self // {
    pkgs = cross;
    callPackage = lib.callPackageWith cross;
    newScope = extra: lib.callPackageWith (cross // extra);
    stdenv =
      makeStdenv {
        initialPath = stdenvNoCC.initialPath ++ [ self.casementMingw ];
        hostPlatform = lib.systems.elaborate "x86_64-w64-mingw32";
      }
      // {
        cc = self.casementMingw;
      };
    buildPackages = self // {
      gcc = self.casementMingw;
    };
  });
  runtimeShell = "${self.bash}/bin/bash";

  runCommandWith =
    { name, stdenv ? self.stdenvNoCC, runLocal ? false, derivationArgs ? { } }:
    buildCommand:
    stdenv.mkDerivation (
      { inherit name buildCommand; }
      // optionalAttrs (!(derivationArgs.__structuredAttrs or false)) {
        passAsFile = [ "buildCommand" ] ++ (derivationArgs.passAsFile or [ ]);
      }
      // optionalAttrs runLocal { preferLocalBuild = true; allowSubstitutes = false; }
      // lib.removeAttrs derivationArgs [ "passAsFile" ]
    );
  runCommand = name: env: runCommandWith { inherit name; derivationArgs = env; };
  runCommandLocal = name: env: runCommandWith { inherit name; runLocal = true; derivationArgs = env; };
  runCommandCC = name: env: runCommandWith { inherit name stdenv; derivationArgs = env; };

  writeTextFile =
    {
      name,
      text,
      executable ? false,
      destination ? "",
      checkPhase ? "",
      meta ? { },
      passthru ? { },
      allowSubstitutes ? false,
      preferLocalBuild ? true,
      derivationArgs ? { },
    }:
    runCommand name
      (
        {
          inherit text executable checkPhase allowSubstitutes preferLocalBuild passthru destination;
          meta = optionalAttrs (executable && lib.hasPrefix "/bin/" destination) {
            mainProgram = lib.removePrefix "/bin/" destination;
          } // meta;
          passAsFile = [ "text" ];
        }
        // derivationArgs
      )
      ''
        target=$out$destination
        mkdir -p "$(dirname "$target")"
        cat "$textPath" >"$target"
        if [ -n "$executable" ]; then chmod +x "$target"; fi
        eval "$checkPhase"
      '';
  writeText = name: text: writeTextFile { inherit name text; };
  writeTextDir = path: text: writeTextFile { name = baseNameOf path; inherit text; destination = "/${path}"; };
  writeScript = name: text: writeTextFile { inherit name text; executable = true; };
  writeScriptBin = name: text: writeTextFile { inherit name text; executable = true; destination = "/bin/${name}"; };
  writeShellScript = name: text: writeScript name "#!${runtimeShell}\n${text}\n";
  writeShellScriptBin = name: text: writeScriptBin name "#!${runtimeShell}\n${text}\n";
  writeShellApplication =
    { name, text, runtimeInputs ? [ ], meta ? { }, passthru ? { }, ... }:
    writeTextFile {
      inherit name passthru;
      meta = { mainProgram = name; } // meta;
      executable = true;
      destination = "/bin/${name}";
      text = ''
        #!${runtimeShell}
        set -o errexit -o nounset -o pipefail
        ${lib.optionalString (runtimeInputs != [ ]) ''export PATH="${lib.makeBinPath runtimeInputs}:$PATH"''}
        ${text}
      '';
    };

  linkFarm =
    name: entries:
    let
      links = if lib.isAttrs entries then entries else lib.listToAttrs (map (e: lib.nameValuePair e.name e.path) entries);
    in
    runCommand name { preferLocalBuild = true; allowSubstitutes = false; passthru.entries = links; } ''
      mkdir -p $out
      cd $out
      ${lib.concatStrings (lib.mapAttrsToList (link: path: ''
        mkdir -p "$(dirname ${lib.escapeShellArg link})"
        ln -s ${lib.escapeShellArg "${path}"} ${lib.escapeShellArg link}
      '') links)}
    '';
  linkFarmFromDrvs = name: drvs: linkFarm name (map (drv: { inherit (drv) name; path = drv; }) drvs);

  symlinkJoin =
    { name ? "${pname}-${version}", pname ? null, version ? null, paths, postBuild ? "", preferLocalBuild ? true, allowSubstitutes ? false, ... }@args:
    runCommand name
      (
        lib.removeAttrs args [ "name" "postBuild" "paths" ]
        // { inherit preferLocalBuild allowSubstitutes; joined = map toString (lib.flatten paths); }
      )
      ''
        mkdir -p $out
        for path in $joined; do
          cp -rsf --no-preserve=mode "$path/." $out/
        done
        ${postBuild}
      '';

  # The store paths of a closure, in $out/store-paths (nixpkgs has a registration file beside it).
  closureInfo =
    { rootPaths }:
    runCommand "closure-info" { exportReferencesGraph = lib.concatMap (path: [ "closure-${baseNameOf path}" path ]) (lib.toList rootPaths); } ''
      mkdir $out
      cat closure-* | grep '^/nix/store/' | grep -v '\.drv$' | sort -u >$out/store-paths
    '';
  writeClosure = rootPaths: runCommand "runtime-deps" { info = closureInfo { inherit rootPaths; }; } "cp $info/store-paths $out";

  requireFile =
    { name ? baseNameOf url, hash ? null, sha256 ? null, hashMode ? "flat", url ? "", message ? null }:
    stdenvNoCC.mkDerivation {
      inherit name url;
      outputHashMode = hashMode;
      outputHashAlgo = if hash == null then "sha256" else null;
      outputHash = if hash == null then sha256 else hash;
      preferLocalBuild = true;
      allowSubstitutes = false;
      message = if message != null then message else "${name}: not in the Nix store. Add it with: nix-store --add-fixed sha256 ${name}";
      buildCommand = ''
        printf '%s\n' "$message" >&2
        exit 1
      '';
      meta.license = lib.licenses.unfree;
    };

  emptyFile = runCommand "empty-file" { } "touch $out";
  emptyDirectory = runCommand "empty-directory" { } "mkdir $out";

  mkShellNoCC =
    { name ? "nix-shell", packages ? [ ], nativeBuildInputs ? [ ], shellHook ? "", ... }@args:
    stdenvNoCC.mkDerivation (
      lib.removeAttrs args [ "packages" ]
      // {
        inherit name shellHook;
        nativeBuildInputs = packages ++ nativeBuildInputs;
        buildCommand = "export >$out";
      }
    );
  mkShell = mkShellNoCC;
}
