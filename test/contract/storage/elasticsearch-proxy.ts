import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  /** From 1, of requests since the rule was set. */
  readonly count: number;
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/**
 * What becomes of a request: it passes, it is cut off before it gets there, it gets there and its answer is lost, or it
 * is answered by the test.
 */
export type Fate =
  | 'pass'
  | 'cut'
  | 'lose'
  | { readonly status: number; readonly body: unknown }
  /** Another body is sent on, and the answer goes through the test. */
  | { readonly instead: string; readonly answer: (answer: string) => string };

export type Rule = (asked: Asked) => Fate | Promise<Fate>;

/** Stands between a store and its server, and lets requests fail. */
export class ElasticsearchProxy {
  readonly url: string;
  readonly #close: () => Promise<void>;
  #rule: Rule = () => 'pass';
  #count = 0;

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.#close = close;
  }

  static async before(target: string): Promise<ElasticsearchProxy> {
    const found: { proxy?: ElasticsearchProxy } = {};
    const server = createServer((incoming, outgoing) => void found.proxy?.handle(incoming, outgoing, target));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    found.proxy = new ElasticsearchProxy(`http://127.0.0.1:${port}`, async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    });
    return found.proxy;
  }

  set(rule: Rule): void {
    this.#rule = rule;
    this.#count = 0;
  }

  /** Requests since the rule was set. */
  get count(): number {
    return this.#count;
  }

  close(): Promise<void> {
    return this.#close();
  }

  async handle(incoming: IncomingMessage, outgoing: ServerResponse, target: string): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    this.#count += 1;
    const path = incoming.url ?? '/';
    const fate = await this.#rule({ count: this.#count, method: incoming.method ?? 'GET', path, body });
    if (fate === 'cut') return void incoming.socket.destroy();
    if (typeof fate === 'object' && 'status' in fate) {
      outgoing.writeHead(fate.status, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' });
      return void outgoing.end(JSON.stringify(fate.body));
    }
    const text = typeof fate === 'object' ? fate.instead : body;
    const answer = await send(`${target}${path}`, incoming, text);
    if (fate === 'lose') return void incoming.socket.destroy();
    const { 'content-length': _, 'transfer-encoding': __, ...headers } = answer.headers;
    outgoing.writeHead(answer.status, headers);
    outgoing.end(typeof fate === 'object' ? fate.answer(answer.text) : answer.text);
  }
}

async function send(url: string, { method, headers }: IncomingMessage, text: string) {
  const { 'content-length': _, 'transfer-encoding': __, host: ___, ...kept } = headers;
  const sent = request(url, {
    method: method ?? 'GET',
    headers: { ...kept, 'content-length': Buffer.byteLength(text) },
  });
  sent.end(text);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return { status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString() };
}
