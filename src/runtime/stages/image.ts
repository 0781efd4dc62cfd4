import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { image } from "../../contract/filenames.ts";
import { recordVersion } from "../../contract/records.ts";
import type { ImageStage } from "../../contract/stage-config.ts";
import { ToolError } from "../../errors.ts";
import { run } from "../../process/run.ts";
import { buildAddKeysCommand } from "../bootstrap-iso.ts";
import { makeBuildId } from "../build-id.ts";
import { guestTitle, type StageContext } from "../context.ts";
import { inWorkspace } from "../evidence.ts";
import { assertAccelerator, assertFreeSpace, assertPrograms } from "../host.ts";
import { install } from "../install.ts";
import { type KeyPair, makeKeyPair, writeBootstrapKeys } from "../keys.ts";
import { outputOf } from "../outputs.ts";
import { writeImageRecord } from "../records.ts";
import { copyVariables } from "../uefi-vars.ts";
import type { Workspace } from "../workspace.ts";

/** Below this nothing can be installed. The disk is sparse: what the system takes is known only afterwards. */
const leastFreeBytes = 1 * 2 ** 30;

/** Installs the system from its medium, without a person, into the output; the record is written last. */
export async function buildImage(config: ImageStage, context: StageContext): Promise<void> {
  const { log, vitals } = context;
  const out = outputOf(config, "out");
  await assertPrograms(config.tools);
  await assertAccelerator(config.hardware.accelerator);
  await assertFreeSpace(context.host, {
    folder: dirname(out),
    bytes: leastFreeBytes,
    forWhat: "the disk",
  });
  await inWorkspace(config, context, async (place) => {
    log.phase("prepare");
    log.line(
      `image ${config.name}: installs ${guestTitle(config)}, accelerator ${config.hardware.accelerator}`,
    );
    await mkdir(out);
    const keys = { host: await makeKeyPair(`${config.name} host`), user: await makeKeyPair(config.name) };
    const bootstrapIso = await addKeys(config, context, { workspace: place.workspace, keys });
    // The installed system writes its boot entry into the variables: they belong to the image.
    const vars = join(out, image.uefiVars);
    const uefi =
      config.uefi === null
        ? null
        : await copyVariables({ code: config.uefi.code, from: config.uefi.vars, to: vars });
    await run(
      {
        file: config.tools.qemuImg,
        args: ["create", "-q", "-f", "qcow2", join(out, image.disk), `${config.hardware.disk.sizeGiB}G`],
      },
      { signal: vitals.signal },
    );
    await install(config, context, { place, bootstrapIso, uefi });

    log.phase("record");
    await mkdir(join(out, dirname(image.userKey)));
    await writeFile(join(out, image.userKey), keys.user.privateKey, { mode: 0o600 });
    await place.keepLogs(join(out, image.log));
    await writeImageRecord(out, {
      version: recordVersion,
      buildId: makeBuildId(),
      name: config.name,
      release: config.release,
      standIn: config.standIn,
      hardware: config.hardware,
      parent: null,
      hostKey: keys.host.publicKey,
    });
  });
  log.line(`image ${config.name}: installed`);
}

async function addKeys(
  config: ImageStage,
  context: StageContext,
  parts: {
    readonly workspace: Workspace;
    readonly keys: { readonly host: KeyPair; readonly user: KeyPair };
  },
): Promise<string> {
  const { xorriso } = config.tools;
  if (xorriso === undefined)
    throw new ToolError("tools.xorriso: missing, the image stage adds the keys with it");
  const folder = parts.workspace.file("keys");
  const to = parts.workspace.file("bootstrap.iso");
  await writeBootstrapKeys(folder, parts.keys);
  await context.log.step("adds the keys to the bootstrap ISO", () =>
    run(buildAddKeysCommand({ xorriso, iso: config.media.bootstrapIso, keys: folder, to }), {
      signal: context.vitals.signal,
    }),
  );
  return to;
}
