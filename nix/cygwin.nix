# The folder `cygwin` of the bootstrap medium, of a generated folder's cygwin.lock.json: Cygwin's setup program, a list of
# the locked packages, and these, each a file of its own in the store that is fetched by its SHA-512. Nothing that decides
# the contents is left out of the hash, and nothing else is in it: not the addresses, nor who signed the list.
{
  lib,
  toolPkgs,
  # Node, the builder.
  node,
  # The generated folder.
  dir,
  # A folder that is laid out like an archive, setup program at its top, in the place of downloads.
  packages ? null,
}:
let
  version = 1;
  lock = lib.importJSON (dir + "/cygwin.lock.json");
  inherit (lock.list) arch;
  program = "setup-${arch}.exe";

  # What store names may not have (nor start with).
  storeName = path: "cygwin-${lib.replaceStrings [ "~" "!" ] [ "-" "-" ] (baseNameOf path)}";

  fetch =
    {
      path,
      urls,
      sha512,
    }:
    import ./fetch.nix { inherit toolPkgs; } {
      name = storeName path;
      inherit urls;
      algorithm = "sha512";
      hash = sha512;
    };

  # Each file by itself, so that the rest of the folder does not matter.
  take =
    path:
    if lib.isPath packages then
      builtins.path {
        name = storeName path;
        path = packages + "/${path}";
      }
    else
      "${packages}/${path}";

  wanted = map (each: { inherit (each) path size sha512; }) lock.packages ++ [
    {
      path = program;
      inherit (lock.setup) size sha512;
    }
  ];
  urlsOf =
    path:
    if path == program then
      lib.optional (lock.setup.url != null) lock.setup.url
    else
      map (archive: "${archive}/${path}") lock.archives;

  absent =
    if packages == null then
      lib.filter ({ path, ... }: urlsOf path == [ ]) wanted
    else
      lib.filter ({ path, ... }: lib.isPath packages && !builtins.pathExists (packages + "/${path}")) wanted;
  shown = lib.concatMapStringsSep "\n" ({ path, ... }: "    ${path}") (lib.take 5 absent);
  more = lib.length absent - 5;
  remedy =
    if packages == null then
      ''
        The lock was made from files and names no address for them. Hand over the folder that they are in:
            casement.lib.load { cygwinPackages = ./folder; }
          Or lock from an archive: casement lock --update --archive URL --setup-program URL''
    else
      "Put them there, as the archive has them. A flake in git sees tracked files only: git add --intent-to-add FILE";
in
lib.throwIf (lock.version or null != version)
  ''
    casement: ${toString dir}/cygwin.lock.json: version is not supported, got ${builtins.toJSON (lock.version or null)}; allowed: ${toString version}
      Make it with this casement: casement lock --update && casement generate''
  (
    lib.throwIf (absent != [ ])
      ''
        casement: ${
          if lib.length absent == 1 then "1 file" else "${toString (lib.length absent)} files"
        } of cygwin.lock.json cannot be had${
          lib.optionalString (packages != null) " from ${toString packages}"
        }:
        ${shown}${lib.optionalString (more > 0) "\n    and ${toString more} more"}
          ${remedy}''
      derivation
      {
        name = "casement-cygwin";
        system = "x86_64-linux";
        builder = node;
        args = [ ./cygwin-folder.mjs ];
        __structuredAttrs = true;
        files = map (
          each@{ path, sha512, ... }:
          each
          // {
            file =
              if packages == null then
                fetch {
                  inherit path sha512;
                  urls = urlsOf path;
                }
              else
                take path;
          }
        ) wanted;
        listPath = "${arch}/setup.ini";
        list = builtins.path {
          name = "cygwin-setup.ini";
          path = dir + "/cygwin/setup.ini";
        };
      }
  )
