# One file by its hash: nixpkgs' fetchurl tries one address after the other; Nix' own takes the first, and needs no package set.
{ toolPkgs }:
{
  name,
  urls,
  # sha256 or sha512, and the hash in any form that Nix takes.
  algorithm,
  hash,
}:
if toolPkgs ? fetchurl then
  toolPkgs.fetchurl {
    inherit name urls;
    ${algorithm} = hash;
  }
else
  derivation {
    inherit name;
    builder = "builtin:fetchurl";
    system = "builtin";
    url = builtins.head urls;
    outputHashMode = "flat";
    outputHashAlgo = algorithm;
    outputHash = hash;
    preferLocalBuild = true;
    impureEnvVars = [
      "http_proxy"
      "https_proxy"
      "ftp_proxy"
      "all_proxy"
      "no_proxy"
    ];
    # What <nix/fetchurl.nix> gives too.
    urls = [ (builtins.head urls) ];
    executable = false;
    unpack = false;
  }
