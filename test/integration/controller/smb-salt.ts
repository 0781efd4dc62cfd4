import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** The 32 random bytes that smbd answers a negotiation of SMB 3.1.1 with: the salt of its preauthentication (MS-SMB2, 2.2.4.1.1). In hexadecimal. */
export async function readSmbSalt(port: number): Promise<string> {
  const socket = connect({ host: "127.0.0.1", port });
  await once(socket, "connect");
  socket.write(negotiate());
  const answer = await readFrame(socket);
  socket.destroy();
  // Body after the header of 64 bytes; at 60 of it the offset of the contexts, from the header's start.
  const at = answer.readUInt32LE(64 + 60);
  const [type, length] = [answer.readUInt16LE(at), answer.readUInt16LE(at + 2)];
  if (type !== 1 || length !== 38) throw new Error(`no preauthentication context, got type ${type}`);
  return answer.toString("hex", at + 8 + 6, at + 8 + 6 + 32);
}

async function readFrame(socket: Socket): Promise<Buffer> {
  let received = Buffer.alloc(0);
  for await (const chunk of socket) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a socket without an encoding gives buffers
    received = Buffer.concat([received, chunk as Buffer]);
    if (received.length >= 4 && received.length >= 4 + received.readUInt32BE(0)) return received.subarray(4);
  }
  throw new Error(`smbd closed the connection after ${received.length} bytes`);
}

/** NEGOTIATE for 3.1.1 alone, with the two contexts that it has to have (MS-SMB2, 2.2.3). */
function negotiate(): Buffer {
  const header = Buffer.alloc(64);
  header.write("\u{fe}SMB", 0, "latin1");
  header.writeUInt16LE(64, 4);
  header.writeUInt16LE(1, 14);
  const body = Buffer.alloc(40);
  body.writeUInt16LE(36, 0);
  body.writeUInt16LE(1, 2);
  body.writeUInt16LE(1, 4);
  body.writeUInt32LE(104, 28);
  body.writeUInt16LE(2, 32);
  body.writeUInt16LE(0x0311, 36);
  // SHA-512 with a salt of 32 bytes, and AES-128-GCM.
  const preauth = Buffer.alloc(8 + 38 + 2);
  preauth.writeUInt16LE(1, 0);
  preauth.writeUInt16LE(38, 2);
  preauth.writeUInt16LE(1, 8);
  preauth.writeUInt16LE(32, 10);
  preauth.writeUInt16LE(1, 12);
  const cipher = Buffer.alloc(8 + 4);
  cipher.writeUInt16LE(2, 0);
  cipher.writeUInt16LE(4, 2);
  cipher.writeUInt16LE(1, 8);
  cipher.writeUInt16LE(2, 10);
  const message = Buffer.concat([header, body, preauth, cipher]);
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(message.length);
  return Buffer.concat([frame, message]);
}
