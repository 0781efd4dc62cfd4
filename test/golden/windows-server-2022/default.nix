# Written by casement from the spec of "server-2022"; edit the spec and run `casement generate`.
{ pkgs, casement, ... }@args:

casement.lib.load (builtins.removeAttrs args [ "casement" ] // { dir = ./.; })
