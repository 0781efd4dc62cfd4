# Written by casement from the spec of "windows-11-arm64"; edit the spec and run `casement generate`.
{ pkgs, casement, ... }@args:

casement.lib.load (builtins.removeAttrs args [ "casement" ] // { dir = ./.; })
