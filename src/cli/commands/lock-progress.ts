import { remark } from "../report.ts";

/** Says how far downloads are: a line when one starts to take time, then every few seconds, and when it is done. */
export function showProgress(
  intervalMs = 3000,
): (what: string, receivedBytes: number, totalBytes: number | undefined) => void {
  let current = "";
  let last = 0;
  return (what, receivedBytes, totalBytes) => {
    const now = performance.now();
    if (what !== current) {
      current = what;
      last = now;
      remark(`fetching ${what}`);
    }
    if (now - last < intervalMs) return;
    last = now;
    remark(
      `fetching ${what}: ${amount(receivedBytes)}${totalBytes === undefined ? "" : ` of ${amount(totalBytes)}`}`,
    );
  };
}

function amount(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
