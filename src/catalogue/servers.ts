import { evaluation, named } from "./parts.ts";
import type { Edition } from "./release.ts";

/**
 * Editions of a server medium: each with a desktop and without one ("Core"), under the names that its images have, such as
 * `Windows Server 2022 SERVERSTANDARDCORE` (dockur/windows for 2016 to 2025), and the same again for evaluation media, whose
 * images have the same names (2008 R2: DISM's list in jedi4ever/veewee; 2022 and 2025: several public packer templates). What
 * Setup shows is another name, such as "Windows Server 2022 Standard (Desktop Experience)". Standard with a desktop is the
 * default: it runs the most programs.
 */
export function serverEditions(
  windows: string,
  keys: Readonly<Record<string, string>>,
): readonly [Edition, ...Edition[]] {
  const image = (edition: string, core: boolean): string =>
    `${windows} SERVER${edition.toUpperCase()}${core ? "CORE" : ""}`;
  const editions = Object.entries(keys).flatMap(([edition, key]) => [
    named(edition, image(edition, false), key),
    named(`${edition} Core`, image(edition, true), key),
  ]);
  const evaluations = Object.keys(keys).flatMap((edition) => [
    evaluation(`${edition} Evaluation`, image(edition, false)),
    evaluation(`${edition} Core Evaluation`, image(edition, true)),
  ]);
  const [first, ...rest] = editions;
  if (first === undefined) throw new RangeError(`${windows} has no edition`);
  return [first, ...rest, ...evaluations];
}
