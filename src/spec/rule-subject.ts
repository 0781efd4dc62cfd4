import type { Edition, Platform, Release } from "../catalogue/release.ts";
import type { Spec } from "./schema.ts";

/** What a rule that depends on the release looks at. */
export interface Subject {
  readonly spec: Spec;
  readonly release: Release;
  readonly platform: Platform;
  /** Undefined when the spec names one that the release does not have. */
  readonly edition: Edition | undefined;
}
