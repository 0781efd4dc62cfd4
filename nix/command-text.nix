# The variables of a command as text, the way Nix does it for a derivation's attributes: paths are copied to the store,
# lists are joined, true is 1. { lib, where } -> { toText, nameFaults }
{
  lib,
  # Whose variables they are, for messages.
  where,
}:
let
  plain = [
    "null"
    "bool"
    "int"
    "float"
  ];
in
rec {
  toText =
    variable: value:
    if lib.isString value || lib.isPath value || lib.isDerivation value then
      "${value}"
    else if lib.isList value then
      lib.concatMapStringsSep " " (toText variable) value
    else if lib.elem (builtins.typeOf value) plain || value ? outPath || value ? __toString then
      toString value
    else
      throw "${where}: variable '${variable}' cannot be text, got a ${builtins.typeOf value}. Allowed: string, path, derivation, number, boolean, null, list of these";

  nameFaults =
    variables:
    map (
      variable:
      "not a variable's name, got ${builtins.toJSON variable}. Allowed: letters, digits and _, no digit first"
    ) (lib.filter (variable: builtins.match "[A-Za-z_][A-Za-z0-9_]*" variable == null) (lib.attrNames variables));
}
