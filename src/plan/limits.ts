/** Time limits that a spec did not give. Times that a spec gives are taken as they are. */
export interface Limits {
  readonly noProgressMinutes: number;
  readonly deadlineMinutes: number;
  readonly bootMinutes: number;
  readonly capMinutes: number;
  readonly reviveSeconds: number;
}

/** Limits for a Windows under this accelerator; emulation gets six times as long. */
export function defaultLimits(accelerator: "kvm" | "tcg"): Limits {
  const scale = accelerator === "tcg" ? 6 : 1;
  return {
    noProgressMinutes: 20 * scale,
    deadlineMinutes: 180 * scale,
    bootMinutes: 10 * scale,
    capMinutes: 30 * scale,
    reviveSeconds: 30 * scale,
  };
}
