# Written by casement from the spec of "app"; edit the spec and run `casement generate`.
{
  pkgs,
  casement ? pkgs.casement
    or (throw "casement: not handed over, and pkgs has none; write import ./casement { inherit pkgs casement; }, or put casement.overlays.default into pkgs"),
  ...
}@args:

casement.lib.load (builtins.removeAttrs args [ "casement" ] // { dir = ./.; })
