import { bootstrap, generated } from "../contract/filenames.ts";

/** Where casement has the file from: a source of its own, by which another line would come to be. */
export function originOf(path: string): string {
  const scripts = `${generated.bootstrapFolder}/${bootstrap.scripts}/`;
  const name = path.split("/").at(-1) ?? "";
  if (path.startsWith(`${generated.bootstrapFolder}/${bootstrap.files}/`)) return "windows.files of the spec";
  return (
    origins[path] ??
    origins[name] ??
    (path.startsWith(scripts) ? `templates/bootstrap/${name}.hbs` : "src/artifacts/render-all.ts")
  );
}

const origins: Readonly<Record<string, string>> = {
  [generated.defaultNix]: "templates/nix/default.nix.hbs",
  [generated.machine]: "src/artifacts/machine.ts",
  [generated.gitattributes]: "src/artifacts/gitattributes.ts",
  [generated.smbConf]: "src/artifacts/smb-conf.ts",
  [generated.smbPasswd]: "src/artifacts/smb-conf.ts",
  [generated.controllerModule]: "templates/controller/module.nix.hbs",
  [generated.relayScript]: "templates/controller/relay.sh",
  [generated.answerFile]: "src/unattend/answer-file.ts",
  [generated.winntSif]: "src/unattend/winnt-sif.ts",
  "user-commands.cmd": "src/artifacts/user-commands.ts",
};
