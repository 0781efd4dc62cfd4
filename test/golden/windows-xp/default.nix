# Written by casement from the spec of "windows-xp"; edit the spec and run `casement generate`.
{ pkgs, casement, ... }@args:

casement.lib.load (builtins.removeAttrs args [ "casement" ] // { dir = ./.; })
