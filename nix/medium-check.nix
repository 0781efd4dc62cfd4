# Looks whether the install medium is what the spec expects, in seconds and before anything boots. Its result is a fixed
# output whose content names the medium and the expectation: so it is looked at once, and the image, which needs it,
# keeps its own hash when the checker changes.
{
  node,
  # Holds share/casement/media.mjs.
  media,
  # 7-Zip's program, which reads UDF.
  sevenZip,
  machine,
  iso,
}:
let
  expected = builtins.toJSON { inherit (machine) release architecture medium; };
  subject = builtins.hashString "sha256" (builtins.unsafeDiscardStringContext "${iso} ${expected}");
  verdict = "the medium is what the spec expects: ${subject}\n";
in
derivation {
  name = "casement-${machine.name}-medium-check";
  system = "x86_64-linux";
  builder = node;
  args = [ ./check-medium.mjs ];
  program = "${media}/share/casement/media.mjs";
  iso = "${iso}";
  inherit sevenZip expected verdict;
  outputHashMode = "flat";
  outputHashAlgo = "sha256";
  outputHash = builtins.hashString "sha256" verdict;
  preferLocalBuild = true;
  allowSubstitutes = false;
}
