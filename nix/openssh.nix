# The folder `openssh` of the bootstrap medium: what Win32-OpenSSH's release has in its zip, side by side, from the zip or
# from a folder that somebody unpacked.
{
  node,
  # 7-Zip's program.
  sevenZip,
  # The zip or the folder.
  openssh,
}:
derivation {
  name = "casement-openssh";
  system = "x86_64-linux";
  builder = node;
  args = [ ./openssh-folder.mjs ];
  inherit sevenZip;
  given = "${openssh}";
  preferLocalBuild = true;
}
