# Written by casement from the spec of "hello"; edit the spec and run `casement generate`.
{ pkgs, casement, ... }@args:

casement.lib.load (builtins.removeAttrs args [ "casement" ] // { dir = ./.; })
