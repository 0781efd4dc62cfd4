/** The NT hash of a password as 32 upper-case hex digits, as Samba's smbpasswd holds it: MD4 of its UTF-16LE form (MS-NLMP, NTOWFv1). */
export function ntHash(password: string): string {
  return Buffer.from(md4(Buffer.from(password, "utf16le")))
    .toString("hex")
    .toUpperCase();
}

/** MD4 of RFC 1320. Written out because Node's OpenSSL has no MD4 any more; it protects nothing here, SMB's login is defined by it. */
export function md4(message: Uint8Array): Uint8Array {
  const view = pad(message);
  let [a, b, c, d] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
  for (let block = 0; block < view.byteLength; block += 64) {
    const word = (index: number): number => view.getUint32(block + index * 4, true);
    const before = [a, b, c, d] as const;
    for (const round of rounds) {
      for (const [step, index] of round.order.entries()) {
        const mixed = (a + round.mix(b, c, d) + word(index) + round.add) >>> 0;
        [a, b, c, d] = [d, rotate(mixed, round.shifts[step % 4] ?? 0), b, c];
      }
    }
    [a, b, c, d] = [
      (a + before[0]) >>> 0,
      (b + before[1]) >>> 0,
      (c + before[2]) >>> 0,
      (d + before[3]) >>> 0,
    ];
  }
  const digest = new DataView(new ArrayBuffer(16));
  for (const [index, value] of [a, b, c, d].entries()) digest.setUint32(index * 4, value, true);
  return new Uint8Array(digest.buffer);
}

/** RFC 1320, section 3.4: the words of a block in the order of each round, its function, constant and shifts. */
const rounds = [
  {
    mix: (x: number, y: number, z: number) => (x & y) | (~x & z),
    add: 0,
    order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    shifts: [3, 7, 11, 19],
  },
  {
    mix: (x: number, y: number, z: number) => (x & y) | (x & z) | (y & z),
    add: 0x5a82_7999,
    order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
    shifts: [3, 5, 9, 13],
  },
  {
    mix: (x: number, y: number, z: number) => x ^ y ^ z,
    add: 0x6ed9_eba1,
    order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
    shifts: [3, 9, 11, 15],
  },
] as const;

function rotate(value: number, bits: number): number {
  return ((value << bits) | (value >>> (32 - bits))) >>> 0;
}

/** A 1 bit, zeros, and the length in bits as 64 bits, low word first. */
function pad(message: Uint8Array): DataView {
  const padded = new Uint8Array((((message.length + 8) >> 6) + 1) << 6);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, (message.length << 3) >>> 0, true);
  view.setUint32(padded.length - 4, Math.floor(message.length / 0x2000_0000), true);
  return view;
}
