# lib.fileset: toSource, unions, union, maybeMissing, fileFilter, difference, intersection. A set is a predicate on paths below a root.
lib:
let
  inherit (lib) any hasPrefix;
  within = folder: path: path == folder || hasPrefix "${folder}/" path;
  # A plain path stands for itself and all that is below it.
  toSet =
    x:
    if x ? _has then
      x
    else
      {
        _has = path: within (toString x) path;
        # A folder is kept if the set may have something below it.
        _leadsTo = path: within (toString x) path || within path (toString x);
      };
in
rec {
  unions = xs: let sets = map toSet xs; in {
    _has = path: any (set: set._has path) sets;
    _leadsTo = path: any (set: set._leadsTo path) sets;
  };
  union = a: b: unions [ a b ];
  intersection = a: b: let x = toSet a; y = toSet b; in {
    _has = path: x._has path && y._has path;
    _leadsTo = path: x._leadsTo path && y._leadsTo path;
  };
  difference = a: b: let x = toSet a; y = toSet b; in {
    _has = path: x._has path && !(y._has path);
    inherit (x) _leadsTo;
  };
  maybeMissing = path: if builtins.pathExists path then toSet path else unions [ ];
  fileFilter = predicate: root: let all = toSet root; in {
    _has = path: all._has path && predicate {
      name = baseNameOf path;
      type = "regular";
      hasExt = extension: lib.hasSuffix ".${extension}" path;
    };
    inherit (all) _leadsTo;
  };
  toSource = { root, fileset }:
    let set = toSet fileset; in
    lib.cleanSourceWith {
      src = root;
      filter = path: type: if type == "directory" then set._leadsTo path && holdsFile set path else set._has path;
    };
  # nixpkgs leaves out folders in which no file remains.
  holdsFile = set: folder:
    any (name:
      let path = "${folder}/${name}"; type = (builtins.readDir folder).${name}; in
      if type == "directory" then set._leadsTo path && holdsFile set path else set._has path)
      (builtins.attrNames (builtins.readDir folder));
}
