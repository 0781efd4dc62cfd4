# What a developer needs beside npm's packages: the tools that tests and VMs start.
{ toolPkgs }:
toolPkgs.mkShell {
  name = "casement";
  packages = with toolPkgs; [
    nodejs_24
    (toolPkgs.qemu_kvm or toolPkgs.qemu)
    vde2
    samba
    xorriso
    wimlib
    _7zz
    cdrkit
    mtools
    dosfstools
    openssh
  ];
}
