import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** An archive of Cygwin on the loopback: what it was asked, and what it is told to do badly. */
export interface ArchiveServer extends AsyncDisposable {
  readonly url: string;
  /** Each request, such as `GET /x86_64/setup.ini` or `GET /a bytes=3-`. */
  readonly requests: string[];
  /** Called for each request; true when it answered itself. */
  misbehave: (request: IncomingMessage, response: ServerResponse, content: Buffer | undefined) => boolean;
}

/** Serves these files by path, with ranges, and 404 for the rest. */
export async function startArchive(files: ReadonlyMap<string, Uint8Array>): Promise<ArchiveServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? "/").slice(1));
    const found = files.get(path);
    const content = found === undefined ? undefined : Buffer.from(found);
    requests.push(["GET", request.url, request.headers.range].filter(Boolean).join(" "));
    if (!archive.misbehave(request, response, content)) answer(request, response, content);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const archive: ArchiveServer = {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    misbehave: () => false,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return archive;
}

/** How the server marks this content. */
export function etagOf(content: Uint8Array): string {
  return `"${createHash("md5").update(content).digest("hex")}"`;
}

function answer(request: IncomingMessage, response: ServerResponse, content: Buffer | undefined): void {
  if (content === undefined) {
    response.writeHead(404).end("not here");
    return;
  }
  const etag = etagOf(content);
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  const isSame = request.headers["if-range"] === undefined || request.headers["if-range"] === etag;
  if (start >= content.length && start > 0) {
    response.writeHead(416).end();
  } else if (start > 0 && isSame) {
    const range = `bytes ${start}-${content.length - 1}/${content.length}`;
    response.writeHead(206, { etag, "content-range": range, "content-length": content.length - start });
    response.end(content.subarray(start));
  } else {
    response.writeHead(200, { etag, "content-length": content.length });
    response.end(content);
  }
}
