# A package of nixpkgs' kind with a library and its tests; pkgsCross builds it for Windows.
{ stdenv }:
stdenv.mkDerivation {
  pname = "sum";
  version = "1.0";
  src = ./.;
  installPhase = ''
    mkdir -p $out/bin
    cp lib/sum.dll $out/bin/
  '';
}
