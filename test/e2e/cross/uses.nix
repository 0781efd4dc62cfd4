# A check phase of its own with variables of its own, and a library that another cross build has made.
{ stdenv, sum }:
stdenv.mkDerivation {
  name = "uses-sum";
  src = ./.;
  buildInputs = [ sum ];
  numbers = [
    "2"
    "3"
  ];
  buildPhase = "$CC -o uses.exe test/sum-test.c ${sum}/bin/sum.dll";
  checkPhase = ''
    test "$(./uses.exe $numbers | tr -d '\r')" = 5
  '';
}
