import { guest } from "../contract/guest.ts";
import { renderTemplate } from "../text/template.ts";

/** The controller as a NixOS module: the same Samba, agent, network and folders as the minimal controller has. */
export function renderControllerModule(settings: {
  readonly user: string;
  readonly mac: string;
  readonly memoryMiB: number;
}): string {
  return renderTemplate("controller/module.nix.hbs", {
    user: settings.user,
    mac: settings.mac,
    memoryMiB: settings.memoryMiB,
    address: guest.controllerAddress,
    prefixLength: guest.prefixLength,
    guestAddress: guest.address,
  });
}
