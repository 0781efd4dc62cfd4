# The install medium that the spec names, as a fixed-output derivation. With an address it is fetched; without one it is valid
# once the ISO has been added to the store, and until then a message with the command that adds it. Both are the same path.
{
  node,
  # { name; sha256; url; } of machine.json; url may be null.
  iso,
  # Microsoft's page for such media, or null.
  page ? null,
  toolPkgs ? { },
  meta ? { },
}:
let
  whence =
    if page == null then
      "Microsoft offers it to subscribers (my.visualstudio.com/Downloads) and volume licensees."
    else
      "Microsoft's page for it: ${page}";

  fetched = import ./fetch.nix { inherit toolPkgs; } {
    inherit (iso) name;
    urls = [ iso.url ];
    algorithm = "sha256";
    hash = iso.sha256;
  };

  added = derivation {
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
      ${iso.name}: this Windows ISO is not in the Nix store (sha256 ${iso.sha256}), and the spec has no address of it.
      Add the file that you have:
        casement media add FILE.iso --name ${iso.name}
      Or without casement, where the file has exactly this name:
        nix-store --add-fixed sha256 ${iso.name}
      If Nix asks for it again, the file has another hash: nix hash file ${iso.name}
      ${whence} An address of the very file can stand in the spec, windows.iso.url, and then Nix fetches it.
    '';
  };
in
(if iso.url or null == null then added else fetched)
// {
  meta = meta // {
    description = "Install medium of Windows";
    hydraPlatforms = [ ];
  };
}
