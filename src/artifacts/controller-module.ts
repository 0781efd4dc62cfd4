import { controllerPorts, tags } from "../contract/filenames.ts";
import { guest } from "../contract/guest.ts";
import { renderTemplate } from "../text/template.ts";

/** The shell script that relays SSH and answers the runtime's words; the minimal controller has the same. */
export function renderRelayScript(): string {
  return renderTemplate("controller/relay.sh", {});
}

/** The controller as a NixOS module: the same Samba, relay, network and folders as the minimal controller has. */
export function renderControllerModule(settings: { readonly user: string }): string {
  return renderTemplate("controller/module.nix.hbs", {
    user: settings.user,
    address: guest.controllerAddress,
    prefixLength: guest.prefixLength,
    guestAddress: guest.address,
    storeTag: tags.store,
    xchgTag: tags.xchg,
    lastPort: controllerPorts.ssh,
  });
}
