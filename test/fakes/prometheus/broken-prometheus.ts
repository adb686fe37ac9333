import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Ways in which what stands at the address of a Prometheus is of no use. */
export type Defect =
  | 'web-page'
  | 'refuses-sign-in'
  | 'refuses-access'
  | 'fails'
  | 'not-ready'
  | 'silent'
  | 'cut-off'
  | 'no-numbers';

export interface BrokenPrometheus {
  readonly url: string;
  close(): Promise<void>;
}

/** A server on a free loopback port that answers each request with the same defect. */
export async function startBrokenPrometheus(defect: Defect): Promise<BrokenPrometheus> {
  const server = createServer((request, answer) => {
    request.resume();
    request.on('end', () => answerWith(defect, request, answer));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function answerWith(defect: Defect, request: IncomingMessage, answer: ServerResponse): void {
  const send = (status: number, type: string, body: string): void => {
    answer.writeHead(status, { 'content-type': type });
    answer.end(body);
  };
  switch (defect) {
    case 'web-page':
      send(200, 'text/html', '<!doctype html><title>Sign in</title>secret-page');
      return;
    case 'refuses-sign-in':
      send(401, 'text/plain', 'Unauthorized secret-page\n');
      return;
    case 'refuses-access':
      send(403, 'text/plain', 'Forbidden secret-page\n');
      return;
    case 'fails':
      send(500, 'text/plain', 'secret-page\n');
      return;
    case 'not-ready':
      send(503, 'text/plain', 'Service Unavailable\n');
      return;
    case 'silent':
      return;
    case 'cut-off':
      send(200, 'application/json', '{"status":"success","data":{"resultType":"vector","result":[{"met');
      return;
    case 'no-numbers':
      send(200, 'application/json', noNumbers(request.url ?? ''));
      return;
  }
}

/** NaN for whatever was asked. */
function noNumbers(url: string): string {
  const isRange = url.includes('query_range');
  const pair = [1_773_187_200, 'NaN'];
  const result = [{ metric: {}, ...(isRange ? { values: [pair] } : { value: pair }) }];
  return JSON.stringify({ status: 'success', data: { resultType: isRange ? 'matrix' : 'vector', result } });
}
