import { generated } from "../contract/filenames.ts";
import type { Artifact } from "./artifact.ts";
import { renderControllerModule, renderRelayScript } from "./controller-module.ts";
import { ntHash } from "./nt-hash.ts";
import { controllerSmbSettings, renderSmbConf, renderSmbPasswd, type SmbSettings } from "./smb-conf.ts";

/** What the controller's files need of the plan. */
export interface ControllerArtifactSettings {
  readonly access: { readonly user: string; readonly password: string };
  readonly smbProtocol: SmbSettings["protocol"];
}

/** Samba's configuration and account, the relay, and the NixOS module that uses them. */
export function renderController(settings: ControllerArtifactSettings): Artifact[] {
  const { user, password } = settings.access;
  return [
    {
      path: generated.controllerModule,
      content: renderControllerModule({ user }),
    },
    { path: generated.relayScript, content: renderRelayScript() },
    { path: generated.smbConf, content: renderSmbConf(controllerSmbSettings(user, settings.smbProtocol)) },
    { path: generated.smbPasswd, content: renderSmbPasswd(user, ntHash(password)) },
  ];
}
