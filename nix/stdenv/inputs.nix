# The dependencies of a build that Windows cannot use, as text: programs and libraries of Linux, by name. What runs there was
# built there (a run or a build of this library), or is a cross build for Windows or Cygwin.
{ lib }:
{
  # For the message.
  where,
  # Arguments of mkDerivation, as they came out of it.
  attributes,
}:
let
  lists = import ./input-lists.nix;
  isOfGuest =
    input:
    let
      platform = input.stdenv.hostPlatform or { };
    in
    input.casementGuest or false || platform.isWindows or false || platform.isCygwin or false;
  # Files and folders by their path are data: a hook, a header.
  faultsOf =
    list:
    map (
      input:
      "${list}: '${input.name}' is for ${input.stdenv.hostPlatform.system or input.system or "Linux"}, which Windows cannot run or link"
    ) (lib.filter (input: lib.isDerivation input && !(isOfGuest input)) (lib.flatten (attributes.${list} or [ ])));
  builder = lib.optional (attributes.builder != "/bin/bash") "realBuilder: '${attributes.builder}' is a program of Linux; builds are run by Cygwin's bash";
  faults = builder ++ lib.concatMap faultsOf lists;
in
lib.throwIf (faults != [ ]) ''
  casement: ${where} cannot be built in Windows:
  ${lib.concatMapStringsSep "\n" (fault: "- ${fault}") faults}
    What a build uses there is: Cygwin's packages (the spec's cygwin.packages), what layers installed, other builds of
    windows.stdenv, and cross builds such as pkgs.pkgsCross.mingwW64.zlib. Single files can be named by their store path.''
