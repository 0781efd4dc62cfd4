# Asks the user's own nixpkgs whether it allows what Microsoft licenses: its configuration, its blocklist, its message.
# The answer is awaited and not used, so the user's nixpkgs does not get into any hash.
{ pkgs, standIn }:
name: value:
if standIn then
  value
else
  builtins.seq
    (pkgs.stdenvNoCC.mkDerivation {
      inherit name;
      buildCommand = "";
      meta.license = pkgs.lib.licenses.unfree;
    }).drvPath
    value
