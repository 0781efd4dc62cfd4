// A spec in TypeScript: the editor knows every field, and values can be computed. Node runs it as it is.
import { defineSpec } from "casement";

const gib = 1024;

export default defineSpec({
  name: "windows-11",
  windows: {
    release: "windows-11-24h2",
    edition: "Pro",
    // The medium's own language: Setup of 24H2 asks when the answer file names another.
    language: "en-US",
    timeZone: "W. Europe Standard Time",
    iso: {
      name: "Win11_24H2_English_x64.iso",
      // What `nix hash file` prints. This one is made up.
      sha256: "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    },
  },
  // Windows 11 is installed on UEFI, without a TPM; kvm is the default.
  hardware: { vcpus: 4, memoryMiB: 8 * gib },
  // Leave it out and generate makes one. An example has to be the same everywhere.
  account: { password: "Example-Password-1" },
  cygwin: { packages: ["make", "gcc-core"] },
});
