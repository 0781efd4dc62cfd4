import { createHash } from "node:crypto";

/** A MAC address in QEMU's range, the same on every machine for the same name and role. Last bytes of a hash. */
export function macAddress(name: string, role: "windows" | "controller"): string {
  const digest = createHash("sha256").update(`casement mac ${role} ${name}`).digest();
  // One bit of the role itself, so that the two ends of one switch never get the same address.
  const last = ((digest[2] ?? 0) & 0xfe) | (role === "windows" ? 0 : 1);
  const bytes = [0x52, 0x54, 0x00, digest[0] ?? 0, digest[1] ?? 0, last];
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(":");
}

/** A NetBIOS name made from a spec's name: 15 characters at most, not only digits, and no user's name (case aside). */
export function computerName(name: string, users: readonly string[]): string {
  const taken = new Set(users.map((user) => user.toUpperCase()));
  const upper = name.toUpperCase();
  for (let number = 0; ; number++) {
    const ending = ["", "-PC"][number] ?? `-PC${number}`;
    const candidate = upper.slice(0, 15 - ending.length).replace(/-+$/, "") + ending;
    if (!taken.has(candidate)) return candidate;
  }
}
