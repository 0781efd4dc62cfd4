{ stdenv }:
stdenv.mkDerivation {
  pname = "greet";
  version = "1.0";
  src = ./.;
  makeFlags = [ "PREFIX=$(out)" ];
  doCheck = true;
}
