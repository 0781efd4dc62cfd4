# The bootstrap medium: the generated scripts and Cygwin's packages on one ISO, the same bytes each time. xorriso itself
# is the builder. The keys are added inside the image derivation (src/runtime).
{
  name,
  xorriso,
  # Laid out as on the medium.
  bootstrap,
  # A folder for cygwin\ on the medium.
  cygwin,
}:
derivation {
  inherit name;
  system = "x86_64-linux";
  builder = xorriso;
  # Fixes the volume's dates and its UUID, and makes each file's access and change time equal to its modification time.
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
    "-o"
    (placeholder "out")
    "-graft-points"
    "/=${bootstrap}"
    "/cygwin=${cygwin}"
  ];
}
