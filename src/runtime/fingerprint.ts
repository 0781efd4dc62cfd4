import type { Hardware } from "../contract/machine.ts";
import type { ControllerFingerprint, Fingerprint } from "../contract/records.ts";
import { exitCodes, ToolError } from "../errors.ts";
import { describeDevices } from "./qemu/command.ts";

export interface FingerprintInputs {
  readonly imageBuildId: string;
  readonly qemu: string;
  readonly hardware: Hardware;
  readonly uefiCode: string | null;
  readonly uefiVariables: string | null;
  readonly host: NonNullable<Fingerprint["host"]>;
}

/** Everything that has to be equal when the memory is revived. */
export function buildFingerprint(inputs: FingerprintInputs): Fingerprint {
  const { hardware } = inputs;
  return {
    imageBuildId: inputs.imageBuildId,
    qemu: inputs.qemu,
    hardware,
    devices: [...describeDevices(hardware)],
    uefiCode: inputs.uefiCode,
    uefiVariables: inputs.uefiVariables,
    // Under emulation the host's CPU is not in the state.
    host: hardware.accelerator === "kvm" ? inputs.host : null,
  };
}

/** One part that differs. */
export interface Difference {
  /** Path in the fingerprint, such as `hardware.memoryMiB`. */
  readonly part: string;
  readonly frozen: unknown;
  readonly now: unknown;
}

/** Compares two values part by part. */
export function checkSame<T extends object>(frozen: T, now: T): readonly Difference[] {
  return differences("", frozen, now);
}

/**
 * Throws a ToolError that lists every part that differs; `what` is the frozen one, such as "the snapshot". QEMU's own checks are
 * weak: another CPU or an extra device loads, and runs wrong.
 */
export function assertSameFingerprint<T extends Fingerprint | ControllerFingerprint>(
  what: string,
  frozen: T,
  now: T,
): void {
  const found = checkSame(frozen, now);
  if (found.length === 0) return;
  const lines = found.map(
    ({ part, frozen, now }) =>
      `  ${part}: ${what} has ${JSON.stringify(frozen) ?? "nothing"}, this run has ${JSON.stringify(now) ?? "nothing"}`,
  );
  throw new ToolError(`fingerprint: ${what} does not fit this run\n${lines.join("\n")}`, {
    hint: `Build ${what} again with what this run uses, or run with what it was made with.`,
    exitCode: exitCodes.mismatch,
  });
}

function differences(part: string, frozen: unknown, now: unknown): Difference[] {
  if (isObject(frozen) && isObject(now)) {
    const keys = new Set([...Object.keys(frozen), ...Object.keys(now)]);
    return [...keys].flatMap((key) =>
      differences(part === "" ? key : `${part}.${key}`, frozen[key], now[key]),
    );
  }
  return Object.is(frozen, now) ? [] : [{ part, frozen, now }];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
