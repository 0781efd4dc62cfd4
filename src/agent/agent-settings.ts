import { guest } from "../contract/guest.ts";
import type { Endpoint } from "./reach.ts";
import { guestLayout, type SessionLayout } from "./session-layout.ts";

/** What differs between the controller and a test. */
export interface AgentSettings {
  /** Where xchg is mounted here. */
  readonly xchg: string;
  readonly samba: Endpoint;
  readonly layout: SessionLayout;
}

/** The controller's own. */
export const controllerSettings: AgentSettings = {
  xchg: "/run/xchg",
  samba: { address: guest.controllerAddress, port: guest.smbPort },
  layout: guestLayout,
};
