# A package as nixpkgs has them; nothing in it knows of Windows.
{ stdenv, writeText }:
stdenv.mkDerivation (finalAttrs: {
  pname = "app";
  version = "1.0";
  src = ./.;
  outputs = [
    "out"
    "dev"
  ];
  makeFlags = [
    "prefix=${placeholder "out"}"
    "includedir=${placeholder "dev"}/include"
  ];
  doCheck = true;
  passAsFile = [ "text" ];
  text = "a long text";
  named = writeText "named-in-utf16" "";
  postBuild = ''echo "the second phase has the whole text: $(cat "$textPath")"'';
  # What programs of Windows write is in UTF-16: a name there, such as `S:\HASH-NAME`, is one that Nix does not see.
  postInstall = ''
    utf16() { while IFS= read -r -n 1 character; do printf '%s\0' "$character"; done; }
    printf 'S:/%s' "''${named##*/}" | utf16 >$out/share/settings
  '';
})
