import { evaluation, firstImage, named } from "./parts.ts";
import { keys } from "./product-keys.ts";
import type { Edition } from "./release.ts";

/** Editions of Windows 10 and 11: consumer and business media hold six to eleven each in an order that differs, so they are found by name. */
export function clientEditions(windows: "Windows 10" | "Windows 11"): readonly [Edition, ...Edition[]] {
  return [
    named("Pro", `${windows} Pro`, keys.genericPro),
    named("Home", `${windows} Home`, keys.genericHome),
    named("Education", `${windows} Education`, keys.education),
    named("Enterprise", `${windows} Enterprise`, keys.enterprise),
    evaluation("Enterprise Evaluation"),
  ];
}

export const ltscEditions: readonly [Edition, ...Edition[]] = [
  { id: "Enterprise LTSC", image: firstImage, productKey: keys.ltsc, evaluation: false },
  evaluation("Enterprise LTSC Evaluation"),
];

/** IoT Enterprise LTSC, which stands on the LTSC medium. */
export function iotLtsc(windows: "Windows 10" | "Windows 11"): Edition {
  return named("IoT Enterprise LTSC", `${windows} IoT Enterprise LTSC`, keys.iotLtsc);
}
