# The attributes of a derivation that are said to Nix, and so are no variables of a command in the guest.
{ lib }:
let
  # Handed on as they are.
  settings = [
    "allowSubstitutes"
    "preferLocalBuild"
    "requiredSystemFeatures"
  ];
  # What outputs may refer to: a stage has structured attributes, with which Nix wants these by output.
  checks = [
    "allowedReferences"
    "allowedRequisites"
    "disallowedReferences"
    "disallowedRequisites"
  ];
in
{
  names = settings ++ checks;

  # { given; outputs; } -> the attributes of a stage that say the same to Nix.
  forStage =
    { given, outputs }:
    let
      checked = lib.filterAttrs (name: _: lib.elem name checks) given;
    in
    lib.filterAttrs (name: _: lib.elem name settings) given
    // lib.optionalAttrs (checked != { }) { outputChecks = lib.genAttrs outputs (_: checked); };

  # Attributes of a stage -> those of another one whose output is not the first one's, such as a report of it.
  withoutChecks = attributes: lib.removeAttrs attributes (checks ++ [ "outputChecks" ]);

  # Why a run or a build in the guest cannot have it.
  refused = {
    outputHash = "a fixed-output derivation would get the host's network; fetch in Linux, and name what was fetched";
    impureEnvVars = "it is for fixed-output derivations";
    __impure = "it would get the host's network";
    __contentAddressed = "paths in what the guest wrote cannot be rewritten";
    exportReferencesGraph = "it needs structured attributes in a build of windows.stdenv, or pkgs.closureInfo";
  };
}
