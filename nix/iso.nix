# The install medium that the spec names, as a fixed-output derivation: valid once the ISO has been added to the store,
# and a message with the command that adds it until then. Nothing is fetched.
{
  node,
  # { name; sha256; } of machine.json
  iso,
}:
derivation {
  inherit (iso) name;
  system = "x86_64-linux";
  builder = node;
  args = [
    "-e"
    "process.stderr.write(process.env.message); process.exit(1)"
  ];
  outputHashMode = "flat";
  outputHashAlgo = "sha256";
  outputHash = iso.sha256;
  preferLocalBuild = true;
  allowSubstitutes = false;
  message = ''
    ${iso.name}: this Windows ISO is not in the Nix store (sha256 ${iso.sha256}), and cannot be fetched for you.
    Add the file that you have:
      casement media add FILE.iso --name ${iso.name}
    Or without casement, where the file has exactly this name:
      nix-store --add-fixed sha256 ${iso.name}
    If Nix asks for it again, the file has another hash: nix hash file ${iso.name}
  '';
}
