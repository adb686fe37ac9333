import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Receiver {
  /** With a path and a query that must be seen nowhere. */
  readonly url: string;
  readonly host: string;
  readonly received: Received[];
  /** How the next requests are answered, first to last; 204 where there is none left. */
  readonly answers: ((response: ServerResponse) => void)[];
  close(): Promise<void>;
}

export const ADDRESS_CANARY = 'CANARY-ADDRESS-7f3a';
export const SECRET_CANARY = 'CANARY-SECRET-91bd';

/** A receiver of webhooks on a free loopback port. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers: Receiver['answers'] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url = '', headers } = request;
      received.push({ path: url, headers, body: Buffer.concat(chunks).toString('utf8') });
      const answer = answers.shift();
      if (answer === undefined) response.writeHead(204).end();
      else answer(response);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}/hooks/${ADDRESS_CANARY}?token=${ADDRESS_CANARY}`,
    host,
    received,
    answers,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** An answer with this status and these headers. */
export const answering =
  (status: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void =>
    void response.writeHead(status, headers).end(`echo ${SECRET_CANARY}`);

/** Takes the message and never answers. */
export const silent = (): void => undefined;
