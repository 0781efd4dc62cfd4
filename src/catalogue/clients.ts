import { evaluation, firstImage, named } from "./parts.ts";
import { keys } from "./product-keys.ts";
import type { Edition } from "./release.ts";

/**
 * Editions of Windows 10 and 11: consumer and business media hold six to eleven each in an order that differs, so they are
 * found by name (A34).
 */
export function clientEditions(windows: "Windows 10" | "Windows 11"): readonly [Edition, ...Edition[]] {
  return [
    named("Pro", `${windows} Pro`, keys.genericPro),
    named("Home", `${windows} Home`, keys.genericHome),
    named("Education", `${windows} Education`, keys.education),
    named("Enterprise", `${windows} Enterprise`, keys.enterprise),
    evaluation("Enterprise Evaluation"),
  ];
}

/** Editions of every LTSC medium (A35). */
export const ltscEditions: readonly [Edition, ...Edition[]] = [
  { id: "Enterprise LTSC", image: firstImage, productKey: keys.ltsc, evaluation: false },
  evaluation("Enterprise LTSC Evaluation"),
];

/**
 * The second image of its medium, before which Enterprise LTSC stands: 2021 by dockur/windows' win10x64-iot.xml, 2024 by
 * public builders' lists of its three images, which do not agree on whether the name ends with the year (A36).
 */
export const iotLtsc: Edition = {
  id: "IoT Enterprise LTSC",
  image: { kind: "index", index: 2 },
  productKey: keys.iotLtsc,
  evaluation: false,
};
