{
  description = "nixpkgs' interface, as far as Casement uses it, over the tools of a Debian machine";

  outputs = _: {
    lib = import ./lib.nix;
    legacyPackages.x86_64-linux = import ./. { system = "x86_64-linux"; };
  };
}
