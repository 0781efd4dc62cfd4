import type { Architecture } from "../catalogue/release.ts";
import { InternalError } from "../errors.ts";
import { buildPlan } from "../plan/build-plan.ts";
import type { Plan } from "../plan/plan.ts";
import { checkSpec } from "../spec/check.ts";
import type { SpecInput } from "../spec/schema.ts";
import { importAccounts } from "./accounts.ts";
import { type AnswerReader, createAnswerReader, type Leftover } from "./answer-reader.ts";
import { importBehaviour } from "./behaviour.ts";
import { importCommands } from "./commands.ts";
import { network, setup } from "./components.ts";
import { decodeAnswerFile } from "./decode-answer-file.ts";
import { importDisk } from "./disk.ts";
import { importDrivers } from "./drivers.ts";
import { selectsEdition } from "./edition-keys.ts";
import { importIdentity } from "./identity.ts";
import { importImage, type ImportedImage } from "./image.ts";
import { importLocale } from "./locale.ts";
import { parseAnswerFile } from "./parse-answer-file.ts";
import { type DetectedRelease, detectRelease } from "./release.ts";
import { readRest } from "./rest.ts";
import { settle } from "./settle.ts";
import { type UsualAnswers, usualAnswers } from "./usual-answers.ts";
import type { WindowsPart } from "./windows-input.ts";

export interface ImportOptions {
  /** A release's id, where the file does not tell or tells another. */
  readonly release?: string | undefined;
  /** Which components are read where the file holds several. Default: the first in the file. */
  readonly architecture?: Architecture | undefined;
  /** Name of the spec. */
  readonly name: string;
}

export interface Imported {
  /** Holds by checkSpec, checkExtras and checkMerged: generate takes it. */
  readonly spec: SpecInput;
  readonly leftovers: readonly Leftover[];
}

/**
 * The spec that does what an existing Autounattend.xml does, and what of the file no spec can say. What casement does by
 * itself anyway is in neither. Throws SpecError for a file that is no answer file, or does not tell its release.
 */
export async function importAnswerFile(
  bytes: Uint8Array,
  file: string,
  options: ImportOptions,
): Promise<Imported> {
  const text = decodeAnswerFile(bytes, file);
  const reader = createAnswerReader(parseAnswerFile(text, file), options.architecture);
  const image = importImage(reader);
  const evidence = { image, architecture: reader.architecture, words: text };
  const detected = detectRelease(evidence, file, options.release);
  if (detected.doubt !== undefined) reader.leave("windows.release", detected.doubt);
  noteUnknownKey(reader, image, detected);
  const spec = readFields(reader, image, detected, options.name);
  const usual = usualOf(spec);
  const extras = readRest(reader).flatMap(({ place, extra, text: value }) => {
    const own = usual.values.get(place.toLowerCase());
    if (own === undefined) return [extra];
    if (own.toLowerCase() !== value?.toLowerCase()) {
      reader.leave(
        place,
        `is ${JSON.stringify(value)}, and casement sets it itself, to ${JSON.stringify(own)}`,
      );
    }
    return [];
  });
  const { windows } = spec;
  const whole = extras.length === 0 ? spec : { ...spec, windows: { ...windows, extraSettings: extras } };
  return { spec: await settle(whole, reader), leftovers: reader.leftovers };
}

function readFields(
  reader: AnswerReader,
  image: ImportedImage,
  detected: DetectedRelease,
  name: string,
): SpecInput {
  const { release } = detected;
  const disk = importDisk(reader, release.family);
  const platform = release.platforms.find(({ architecture }) => architecture === reader.architecture);
  const firmware =
    disk.firmware === undefined || disk.firmware === platform?.firmwares[0] ? undefined : disk.firmware;
  const { account, windows: accounts } = importAccounts(reader);
  const commands = importCommands(reader, ownCommands(release.id, reader.architecture));
  noteNetwork(reader);
  const windows: WindowsPart = {
    ...editionOf(image, detected),
    ...importLocale(reader),
    ...importIdentity(reader),
    ...accounts,
    ...disk.windows,
    ...importDrivers(reader, platform),
    ...importBehaviour(reader),
    ...commands.windows,
  };
  const usual = platform === release.platforms[0];
  return {
    name,
    windows: {
      release: release.id,
      ...(usual ? {} : { architecture: reader.architecture }),
      ...windows,
    },
    ...(firmware === undefined ? {} : { hardware: { firmware } }),
    ...(Object.keys(account).length === 0 ? {} : { account }),
  };
}

// Setup refuses a key of another edition than the image's, or asks which one.
function noteUnknownKey(
  reader: AnswerReader,
  { index, name, productKey }: ImportedImage,
  { release, edition }: DetectedRelease,
): void {
  if (productKey === undefined || index !== undefined || name !== undefined) return;
  if (selectsEdition(productKey, edition, release)) return;
  reader.leave(
    `${setup}/UserData/ProductKey`,
    `is what tells the edition, and no public key that casement knows: ${edition.id} is taken (windows.edition or windows.image says another)`,
  );
}

function editionOf(image: ImportedImage, { release, edition }: DetectedRelease): WindowsPart {
  const { image: usual } = edition;
  const sameImage =
    image.index === undefined
      ? image.name === undefined ||
        (usual.kind === "name" && usual.name.toLowerCase() === image.name.toLowerCase())
      : usual.kind === "index" && usual.index === image.index;
  const chosen = image.index === undefined ? { name: image.name ?? "" } : { index: image.index };
  const { productKey } = image;
  return {
    ...(edition === release.editions[0] ? {} : { edition: edition.id }),
    ...(sameImage ? {} : { image: chosen }),
    ...(productKey === undefined || productKey === edition.productKey ? {} : { productKey }),
  };
}

// The address of the machine is casement's matter: its only neighbour is the controller.
function noteNetwork(reader: AnswerReader): void {
  const interfaces = reader.takeAll(network, "Interfaces/Interface");
  const own = interfaces.every((each) => JSON.stringify(each).includes("192.168.0.1/24"));
  if (!own)
    reader.leave(`${network}/Interfaces`, "the machine has casement's own static address, and one neighbour");
}

/** Command lines that casement's own files have, whatever the switches. */
function ownCommands(release: string, architecture: Architecture): Set<string> {
  const all = [true, false].flatMap((on) => {
    const behaviour = Object.fromEntries(switches.map((name) => [name, on]));
    const windows = { release, architecture, behaviour, drivers };
    const checked = checkSpec({ name: "imported", windows });
    return "spec" in checked ? [...usualAnswers(planOf(checked.spec)).commands] : [];
  });
  return new Set(all);
}

// Some platforms have no network adapter without them.
const drivers = { virtioWin: true } as const;

const switches = [
  "firewall",
  "uac",
  "updates",
  "defender",
  "hibernation",
  "sleep",
  "screenOff",
  "telemetry",
  "remoteDesktop",
  "timeSync",
] as const;

/** The answer file that the fields alone give; what the spec's rules refuse falls back to the release's usual one. */
function usualOf(spec: SpecInput): UsualAnswers {
  const { release, architecture } = spec.windows;
  const candidates: unknown[] = [spec, { name: spec.name, windows: { release, architecture, drivers } }];
  for (const candidate of candidates) {
    const checked = checkSpec(candidate);
    if ("spec" in checked) return usualAnswers(planOf(checked.spec));
  }
  throw new InternalError(`the smallest spec for ${release} does not hold`);
}

function planOf(spec: Parameters<typeof buildPlan>[0]): Plan {
  return buildPlan(spec, { password: "Imported-1", files: new Map() });
}
