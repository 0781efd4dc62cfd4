# The bootstrap medium: the generated scripts, Cygwin's packages and drivers on one ISO, the same bytes each time. xorriso
# itself is the builder. The keys are added inside the image derivation (src/runtime).
{
  lib,
  name,
  xorriso,
  # Laid out as on the medium.
  bootstrap,
  # What the guest gets its sshd from: { cygwin = FOLDER; }, { openssh = FOLDER; }, or { } where Windows has one.
  access,
  # { "PATH ON THE MEDIUM" = FOLDER; }
  drivers,
}:
derivation {
  inherit name;
  system = "x86_64-linux";
  builder = xorriso;
  # Fixes the volume's dates and its UUID.
  SOURCE_DATE_EPOCH = 315532800;
  args = [
    "-as"
    "mkisofs"
    "-quiet"
    "-volid"
    "CASEMENT"
    # Windows reads Joliet; Linux reads Rock Ridge, with root as the owner of everything.
    "-joliet"
    "-joliet-long"
    "-rational-rock"
    "-iso-level"
    "3"
    "--modification-date=1980010100000000"
    # The folders above a driver's own come from nowhere, and would have the time of the build.
    "--set_all_file_dates"
    "1980010100000000"
    "-o"
    (placeholder "out")
    "-graft-points"
    "/=${bootstrap}"
  ]
  ++ lib.mapAttrsToList (name: folder: "/${name}=${folder}") access
  ++ lib.mapAttrsToList (path: folder: "/${path}=${folder}") drivers;
}
