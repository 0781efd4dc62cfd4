# A machine as the tests load it: with a medium and packages that hold nothing, which is all that evaluation needs.
{
  # Casement's source, and the generated folder.
  source,
  dir,
  toolPkgs,
  # The user's nixpkgs.
  pkgs ? toolPkgs,
  # Further arguments of load.
  arguments ? { },
}:
(import source { inherit toolPkgs; }).lib.load (
  {
    inherit pkgs dir;
    iso = toolPkgs.runCommand "stand-in.iso" { passthru.casementStandIn = true; } "touch $out";
    cygwin = toolPkgs.runCommand "cygwin" { } "mkdir -p $out/x86_64; echo setup >$out/setup-x86_64.exe; echo ini >$out/x86_64/setup.ini";
  }
  // arguments
)
