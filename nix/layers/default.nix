# casement.lib.layers: arguments of `windows.layer` for software as it is usually shipped. What is installed is always handed
# over by the caller, pinned by Nix; nothing is fetched here. { toolPkgs } -> { msi; exe; zip; msys2; }
{ toolPkgs }:
let
  inherit (toolPkgs) lib;
  batch = import ./batch.nix { inherit lib; };
  unpack = import ./unpack.nix { inherit toolPkgs; };
  arguments = {
    inherit lib batch unpack;
  };
in
{
  # { name; file; properties ? { }; } -> a package of Windows Installer.
  msi = import ./msi.nix arguments;
  # { name; file; arguments ? [ ]; exitCodes ? { }; } -> an installer that is a program.
  exe = import ./exe.nix arguments;
  # { name; archive; to ? "C:\\NAME"; stripRoot ? false; path ? [ ]; } -> an archive whose contents are copied to the disk.
  zip = import ./zip.nix arguments;
  # { archive; packages ? [ ]; name ? "msys2"; } -> MSYS2's base archive, with packages.
  msys2 = import ./msys2.nix arguments;
}
