import type { BootstrapSettings } from "../../src/artifacts/bootstrap-settings.ts";
import type { Behaviour } from "../../src/unattend/settings.ts";

/** Settings that a plan could give; tests change what they are about. */
export function bootstrapSettings(changes: Partial<BootstrapSettings> = {}): BootstrapSettings {
  const xp = changes.family === "xp";
  return {
    family: "11",
    access: { kind: "cygwin", user: "build", password: "Secret-1" },
    accounts: [],
    network: { mac: "52:54:00:12:ab:01", address: "192.168.0.1", prefixLength: 24 },
    behaviour: switched(false),
    desktop: false,
    cygwin: {
      packages: ["openssh", "tar"],
      architecture: xp ? "x86" : "x86_64",
      sshdService: xp ? "sshd" : "cygsshd",
    },
    firstLogon: [],
    files: [],
    ...changes,
  };
}

/** Every behaviour on, or every one off. */
export function switched(on: boolean): Behaviour {
  return {
    firewall: on,
    uac: on,
    updates: on,
    defender: on,
    hibernation: on,
    sleep: on,
    screenOff: on,
    telemetry: on,
    remoteDesktop: on,
    timeSync: on,
  };
}
