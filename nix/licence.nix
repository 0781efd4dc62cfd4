# Asks the user's own nixpkgs whether it allows what Microsoft licenses: its configuration, its blocklist, its message.
# The answer is awaited and not used, so the user's nixpkgs does not get into any hash.
{ pkgs, standIn }:
name: value:
let
  asked =
    (pkgs.stdenvNoCC.mkDerivation {
      inherit name;
      buildCommand = "";
      meta.license = pkgs.lib.licenses.unfree;
    }).drvPath;
  # nixpkgs' message proposes to allow everything, or a package of a name that it guesses.
  remedy = ''
    casement: your nixpkgs refuses ${name}, because Windows is not free. To allow what Casement makes of your ISO, and nothing else:
      pkgs = import nixpkgs { system = "x86_64-linux"; config.allowUnfreePredicate = casement.lib.allowUnfreePredicate; };
    What nixpkgs says:'';
in
if standIn then
  value
else if (builtins.tryEval asked).success then
  value
else
  # Fails again, now heard.
  builtins.seq (pkgs.lib.warn remedy asked) value
