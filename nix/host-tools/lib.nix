# The part of nixpkgs' lib that Casement's nix/ uses, with the same meaning. Add a function when nix/ needs one.
let
  inherit (builtins) filter attrNames listToAttrs elem isString stringLength substring;

  lib = rec {
    inherit (builtins)
      add all any attrNames attrValues compareVersions concatLists concatMap concatStringsSep deepSeq elem elemAt
      filter foldl' fromJSON genList groupBy hasAttr head intersectAttrs isAttrs isBool isInt
      isList isPath isString length listToAttrs mapAttrs match readDir readFile removeAttrs replaceStrings seq sort
      split splitVersion stringLength substring tail toJSON toString trace tryEval
      ;

    # functions
    id = x: x;
    const = x: _: x;
    flip = f: a: b: f b a;
    pipe = foldl' (x: f: f x);
    fix = f: let x = f x; in x;
    warn = message: builtins.trace "evaluation warning: ${message}";
    warnIf = condition: message: if condition then warn message else id;
    throwIf = condition: message: if condition then throw message else id;
    throwIfNot = condition: throwIf (!condition);
    assertMsg = condition: message: condition || throw message;
    assertOneOf = name: value: allowed:
      assertMsg (elem value allowed)
        "${name} must be one of ${generators.toPretty { } allowed}, but is: ${generators.toPretty { } value}";
    importJSON = path: builtins.fromJSON (builtins.readFile path);
    toFunction = value: if isFunction value then value else _: value;
    isFunction = f: builtins.isFunction f || (f ? __functor && isFunction (f.__functor f));
    functionArgs = f: if f ? __functor then f.__functionArgs or (functionArgs (f.__functor f)) else builtins.functionArgs f;
    setFunctionArgs = f: args: { __functor = _: f; __functionArgs = args; };

    # lists
    optional = condition: value: if condition then [ value ] else [ ];
    optionals = condition: values: if condition then values else [ ];
    flatten = x: if builtins.isList x then concatMap flatten x else [ x ];
    toList = x: if builtins.isList x then x else [ x ];
    unique = foldl' (found: x: if elem x found then found else found ++ [ x ]) [ ];
    last = xs: elemAt xs (length xs - 1);
    init = xs: genList (elemAt xs) (length xs - 1);
    take = n: xs: genList (elemAt xs) (if n < length xs then n else length xs);
    drop = n: xs: genList (i: elemAt xs (i + n)) (if n < length xs then length xs - n else 0);
    range = first: final: if first > final then [ ] else genList (i: first + i) (final - first + 1);
    imap0 = f: xs: genList (i: f i (elemAt xs i)) (length xs);
    imap1 = f: xs: genList (i: f (i + 1) (elemAt xs i)) (length xs);
    forEach = xs: f: map f xs;
    remove = x: filter (y: y != x);
    subtractLists = unwanted: filter (x: !(elem x unwanted));
    intersectLists = wanted: filter (x: elem x wanted);
    findFirst = predicate: default: xs:
      let found = filter predicate xs; in if found == [ ] then default else head found;
    partition = builtins.partition;
    zipListsWith = f: a: b:
      genList (i: f (elemAt a i) (elemAt b i)) (if length a < length b then length a else length b);
    naturalSort = sort (a: b: builtins.compareVersions a b < 0);

    # attribute sets
    optionalAttrs = condition: set: if condition then set else { };
    nameValuePair = name: value: { inherit name value; };
    genAttrs = names: f: listToAttrs (map (name: nameValuePair name (f name)) names);
    genAttrs' = xs: f: listToAttrs (map f xs);
    mapAttrsToList = f: set: map (name: f name set.${name}) (attrNames set);
    mapAttrs' = f: set: listToAttrs (mapAttrsToList f set);
    attrsToList = mapAttrsToList nameValuePair;
    filterAttrs = predicate: set: builtins.removeAttrs set (filter (name: !(predicate name set.${name})) (attrNames set));
    concatMapAttrs = f: set: foldl' (a: b: a // b) { } (mapAttrsToList f set);
    mergeAttrsList = foldl' (a: b: a // b) { };
    foldlAttrs = f: start: set: foldl' (acc: name: f acc name set.${name}) start (attrNames set);
    getAttrs = names: genAttrs names;
    attrByPath = path: default: set:
      if path == [ ] then set
      else if builtins.isAttrs set && set ? ${head path} then attrByPath (tail path) default set.${head path}
      else default;
    hasAttrByPath = path: set:
      path == [ ] || (builtins.isAttrs set && set ? ${head path} && hasAttrByPath (tail path) set.${head path});
    getAttrFromPath = path: set: attrByPath path (throw "cannot find attribute '${concatStringsSep "." path}'") set;
    setAttrByPath = path: value: if path == [ ] then value else { ${head path} = setAttrByPath (tail path) value; };
    recursiveUpdate = a: b:
      a // mapAttrs (name: value:
        if a ? ${name} && builtins.isAttrs value && builtins.isAttrs a.${name} then recursiveUpdate a.${name} value else value) b;
    isDerivation = x: (x.type or null) == "derivation";
    recurseIntoAttrs = set: set // { recurseForDerivations = true; };
    dontRecurseIntoAttrs = set: set // { recurseForDerivations = false; };

    # strings
    concatStrings = concatStringsSep "";
    concatMapStrings = f: xs: concatStrings (map f xs);
    concatMapStringsSep = separator: f: xs: concatStringsSep separator (map f xs);
    concatMapAttrsStringSep = separator: f: set: concatStringsSep separator (mapAttrsToList f set);
    concatLines = concatMapStrings (line: line + "\n");
    optionalString = condition: text: if condition then text else "";
    hasPrefix = prefix: text: substring 0 (stringLength prefix) text == prefix;
    hasSuffix = suffix: text:
      let cut = stringLength text - stringLength suffix; in cut >= 0 && substring cut (-1) text == suffix;
    hasInfix = infix: text: builtins.length (builtins.split (escapeRegex infix) "${text}") > 1;
    removePrefix = prefix: text: if hasPrefix prefix text then substring (stringLength prefix) (-1) text else text;
    removeSuffix = suffix: text:
      if hasSuffix suffix text then substring 0 (stringLength text - stringLength suffix) text else text;
    stringToCharacters = text: genList (i: substring i 1 text) (stringLength text);
    escape = characters: replaceStrings characters (map (c: "\\${c}") characters);
    escapeRegex = escape (stringToCharacters "\\[{()^$?*+|.");
    splitString = separator: text:
      filter isString (builtins.split (escapeRegex (toString separator)) (toString text));
    escapeShellArg = arg:
      let text = toString arg; in
      if builtins.match "[[:alnum:],._+:@%/-]+" text == null then "'${replaceStrings [ "'" ] [ "'\\''" ] text}'" else text;
    escapeShellArgs = concatMapStringsSep " " escapeShellArg;
    toShellVar = name: value: "${name}=${escapeShellArg value}";
    toShellVars = set: concatStringsSep "\n" (mapAttrsToList toShellVar set);
    boolToString = x: if x then "true" else "false";
    toLower = replaceStrings upperChars lowerChars;
    toUpper = replaceStrings lowerChars upperChars;
    lowerChars = stringToCharacters "abcdefghijklmnopqrstuvwxyz";
    upperChars = stringToCharacters "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    fixedWidthString = width: filler: text:
      if stringLength text >= width then text else fixedWidthString width filler (filler + text);
    fixedWidthNumber = width: number: fixedWidthString width "0" (toString number);
    trim = text: let m = builtins.match "[ \t\r\n]*(.*[^ \t\r\n])[ \t\r\n]*" text; in if m == null then "" else head m;
    fileContents = path: removeSuffix "\n" (builtins.readFile path);
    versionOlder = a: b: builtins.compareVersions b a == 1;
    versionAtLeast = a: b: !(versionOlder a b);
    getName = x: if isString x then (builtins.parseDrvName x).name else x.pname or (builtins.parseDrvName x.name).name;
    getVersion = x: if isString x then (builtins.parseDrvName x).version else x.version or (builtins.parseDrvName x.name).version;
    isStringLike = x: isString x || builtins.isPath x || x ? outPath || x ? __toString;

    # derivations
    getOutput = output: package:
      if !(package ? outputSpecified) || !package.outputSpecified then package.${output} or package.out or package else package;
    getBin = getOutput "bin";
    getLib = getOutput "lib";
    getDev = package: if package ? dev then package.dev else package;
    getExe' = package: name:
      assert assertMsg (isDerivation package) "lib.meta.getExe': the first argument must be a derivation, got a ${builtins.typeOf package}";
      "${getBin package}/bin/${name}";
    getExe = package: getExe' package (package.meta.mainProgram or (getName package));
    makeSearchPath = folder: packages: concatMapStringsSep ":" (package: "${package}/${folder}") (filter (x: x != null) packages);
    makeSearchPathOutput = output: folder: packages: makeSearchPath folder (map (getOutput output) packages);
    makeBinPath = makeSearchPathOutput "bin" "bin";
    makeLibraryPath = makeSearchPathOutput "lib" "lib";
    addMetaAttrs = attrs: package: package // { meta = (package.meta or { }) // attrs; };
    hydraJob = x: x;
    callPackageWith = set: f: args:
      let
        function = if builtins.isFunction f || builtins.isAttrs f then f else import f;
        wanted = functionArgs function;
        found = intersectAttrs wanted set // args;
        missing = filter (name: !(wanted.${name} || found ? ${name})) (attrNames wanted);
        make = given:
          let result = function given; in
          if builtins.isAttrs result then
            result // { override = change: make (given // (if builtins.isFunction change then change given else change)); }
          else
            result;
      in
      if missing != [ ] then
        throw "host-tools: callPackage: no package of this name is in nix/host-tools/tools.nix: ${concatStringsSep ", " missing}"
      else
        make found;

    # sources
    cleanSourceWith = { src, filter ? _: _: true, name ? null }:
      let origin = src.origSrc or src; previous = src.filter or (_: _: true); in
      {
        inherit filter;
        origSrc = origin;
        name = if name != null then name else src.name or "source";
        outPath = builtins.path {
          path = origin;
          name = if name != null then name else src.name or "source";
          filter = path: type: previous path type && filter path type;
        };
      };
    sourceByRegex = src: patterns:
      let root = toString (src.origSrc or src); in
      cleanSourceWith {
        inherit src;
        filter = path: _: any (pattern: match pattern (removePrefix "${root}/" path) != null) patterns;
      };
    cleanSource = src: cleanSourceWith { inherit src; filter = path: _: !(elem (baseNameOf path) [ ".git" ".svn" ".hg" "result" ]); };
    pathExists = builtins.pathExists;
    fileset = import ./fileset.nix lib;

    fetchers.proxyImpureEnvVars = [ "http_proxy" "https_proxy" "ftp_proxy" "all_proxy" "no_proxy" "HTTP_PROXY" "HTTPS_PROXY" "FTP_PROXY" "ALL_PROXY" "NO_PROXY" ];

    generators = {
      toJSON = _: builtins.toJSON;
      toPretty = _: builtins.toJSON;
    };

    licenses = mapAttrs (_: license: { free = true; deprecated = false; redistributable = true; } // license) {
      mit = { spdxId = "MIT"; shortName = "mit"; fullName = "MIT License"; };
      bsd2 = { spdxId = "BSD-2-Clause"; shortName = "bsd2"; fullName = ''BSD 2-clause "Simplified" License''; };
      bsd3 = { spdxId = "BSD-3-Clause"; shortName = "bsd3"; fullName = ''BSD 3-clause "New" or "Revised" License''; };
      asl20 = { spdxId = "Apache-2.0"; shortName = "asl20"; fullName = "Apache License 2.0"; };
      isc = { spdxId = "ISC"; shortName = "isc"; fullName = "ISC License"; };
      gpl2Only = { spdxId = "GPL-2.0-only"; shortName = "gpl2Only"; fullName = "GNU General Public License v2.0 only"; };
      gpl2Plus = { spdxId = "GPL-2.0-or-later"; shortName = "gpl2Plus"; fullName = "GNU General Public License v2.0 or later"; };
      gpl3Plus = { spdxId = "GPL-3.0-or-later"; shortName = "gpl3Plus"; fullName = "GNU General Public License v3.0 or later"; };
      lgpl3Plus = { spdxId = "LGPL-3.0-or-later"; shortName = "lgpl3Plus"; fullName = "GNU Lesser General Public License v3.0 or later"; };
      publicDomain = { shortName = "publicDomain"; fullName = "Public Domain"; };
      free = { shortName = "free"; fullName = "Unspecified free software license"; };
      unfree = { shortName = "unfree"; fullName = "Unfree"; free = false; redistributable = false; };
      unfreeRedistributable = { shortName = "unfreeRedistributable"; fullName = "Unfree redistributable"; free = false; };
    };
    platforms = rec {
      x86_64 = [ "x86_64-linux" ];
      linux = [ "x86_64-linux" "aarch64-linux" ];
      unix = linux;
      all = linux;
    };
    systems.flakeExposed = [ "x86_64-linux" ];
    maintainers = { };
    teams = { };
    sourceTypes = {
      fromSource = { shortName = "fromSource"; isSource = true; };
      binaryNativeCode = { shortName = "binaryNativeCode"; isSource = false; };
    };
    version = "26.05";
    trivial = { release = "26.05"; inherit version; };
  };

  # Not at the top level of nixpkgs' lib either.
  sanitizeDerivationName =
    name:
    let
      withoutDots = builtins.head (builtins.match "\\.*(.*)" (toString name));
      clean = lib.concatMapStrings (x: if builtins.isList x then "-" else x) (builtins.split "[^[:alnum:]+._?=-]+" withoutDots);
      excess = stringLength clean - 207;
      short = if excess > 0 then substring excess (-1) clean else clean;
    in
    if short == "" then "unknown" else short;

  # nixpkgs offers these functions under lib.<area> too.
  areas = [ "strings" "lists" "attrsets" "trivial" "sources" "meta" ];
in
lib
// listToAttrs (map (area: { name = area; value = lib // (lib.${area} or { }); }) areas)
// {
  strings = lib // { inherit sanitizeDerivationName; };
  # A platform by its GNU triple, with the answers that Casement's nix/ and small packages ask for.
  systems.elaborate =
    given:
    let
      config = given.config or given;
      parts = lib.splitString "-" config;
      cpu = lib.head parts;
      kernel =
        if lib.hasSuffix "-cygwin" config then
          "cygwin"
        else if lib.hasSuffix "-mingw32" config then
          "windows"
        else
          "linux";
    in
    {
      inherit config;
      system = "${cpu}-${kernel}";
      isLinux = kernel == "linux";
      isWindows = kernel == "windows";
      isMinGW = kernel == "windows";
      isCygwin = kernel == "cygwin";
      isx86_64 = cpu == "x86_64";
      isx86 = cpu == "x86_64" || cpu == "i686";
      is64bit = cpu == "x86_64";
      isAarch64 = false;
      isDarwin = false;
      extensions.executable = if kernel == "linux" then "" else ".exe";
      parsed = {
        cpu.name = cpu;
        kernel.name = kernel;
      };
    };
}
