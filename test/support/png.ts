import { inflateSync } from "node:zlib";

/** A picture's size, and its pixels by row: three bytes each, red, green and blue. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Reads a PNG of QEMU's kind: 8 bits a channel, RGB, not interlaced. Throws for any other. */
export function decodePng(bytes: Buffer): Picture {
  if (bytes.toString("latin1", 1, 4) !== "PNG") throw new Error("not a PNG");
  const data: Buffer[] = [];
  let [width, height] = [0, 0];
  // Each chunk: length, type, data, checksum (PNG specification, 5.3).
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const type = bytes.toString("latin1", at + 4, at + 8);
    const content = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at));
    if (type === "IDAT") data.push(content);
    if (type !== "IHDR") continue;
    [width, height] = [content.readUInt32BE(0), content.readUInt32BE(4)];
    if (content.toString("hex", 8) !== "0802000000")
      throw new Error(`PNG of another kind: ${content.toString("hex", 8)}`);
  }
  return { width, height, pixels: unfilter(inflateSync(Buffer.concat(data)), width * 3, height) };
}

/** The share of pixels that are blue and nothing else, from 0 to 1: the background of the stand-in's windows. */
export function shareOfBlue({ pixels }: Picture): number {
  let found = 0;
  for (let at = 0; at < pixels.length; at += 3)
    if (pixels[at] === 0 && pixels[at + 1] === 0 && (pixels[at + 2] ?? 0) > 100) found += 1;
  return found / (pixels.length / 3);
}

/** Takes back what each row was made of: the difference to its neighbours (PNG specification, 9.2). */
function unfilter(raw: Uint8Array, rowBytes: number, height: number): Uint8Array {
  const pixels = new Uint8Array(rowBytes * height);
  for (let row = 0; row < height; row += 1) {
    const filter = raw[row * (rowBytes + 1)] ?? 0;
    for (let column = 0; column < rowBytes; column += 1) {
      const at = row * rowBytes + column;
      const left = column < 3 ? 0 : (pixels[at - 3] ?? 0);
      const up = row === 0 ? 0 : (pixels[at - rowBytes] ?? 0);
      const corner = row === 0 || column < 3 ? 0 : (pixels[at - rowBytes - 3] ?? 0);
      const predicted = [0, left, up, Math.floor((left + up) / 2), paeth(left, up, corner)][filter];
      if (predicted === undefined) throw new Error(`PNG: row ${row} has the filter ${filter}`);
      pixels[at] = (raw[row * (rowBytes + 1) + 1 + column] ?? 0) + predicted;
    }
  }
  return pixels;
}

/** Whichever of the three is nearest to left + up - corner. */
function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const distance = (value: number): number => Math.abs(estimate - value);
  if (distance(left) <= distance(up) && distance(left) <= distance(corner)) return left;
  return distance(up) <= distance(corner) ? up : corner;
}
