import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { type KubeconfigParts, kubeconfigYaml } from './kubeconfig-yaml.ts';
import { type RawObject, recordedItems, recordedPods, recording, tlsFile } from './recordings.ts';
import { passOn, proxiedService } from './service-proxy-stub.ts';
import { stubList } from './stub-list.ts';

export interface StubRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** CN of the client's certificate, if it showed one that the test authority signed. */
  readonly clientName: string | null;
}

export interface StubAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface StubOptions {
  /** Items in place of the recorded ones. */
  readonly nodes?: readonly RawObject[];
  readonly pods?: readonly RawObject[];
  readonly services?: readonly RawObject[];
  readonly namespaces?: readonly RawObject[];
  readonly replicaSets?: readonly RawObject[];
  readonly jobs?: readonly RawObject[];
  readonly claims?: readonly RawObject[];
  readonly storageClasses?: readonly RawObject[];
  /** What the kubelet of a node answers to `stats/summary` now; null: it has none (404). */
  readonly summary?: (node: string) => RawObject | null;
  /** `metrics.k8s.io`: its nodes and pods now. Left out: the cluster has no metrics-server. */
  readonly metrics?: () => { readonly nodes: readonly RawObject[]; readonly pods: readonly RawObject[] };
  /** Service `namespace/name` to the URL that the service proxy passes requests on to. */
  readonly backends?: Readonly<Record<string, string>>;
  /** Bearer token that is asked for; also satisfied by a client certificate. Null: anyone may read. */
  readonly token?: string | null;
  /** Resources (plural names) whose lists are forbidden. */
  readonly forbidden?: readonly string[];
  /** Certificate of the test authority to show: `server` (default), `misnamed` or `expired`. */
  readonly certificate?: 'server' | 'misnamed' | 'expired';
  /** First word on any request: an answer, `hang` (never answers), or undefined for the usual one. */
  readonly answer?: (request: StubRequest) => StubAnswer | 'hang' | undefined;
}

export interface StubApiServer {
  readonly url: string;
  readonly port: number;
  /** All requests so far, in order. */
  readonly requests: readonly StubRequest[];
  /** TLS connections accepted so far. */
  connectionCount(): number;
  /** A kubeconfig that reaches this server; its user shows `token` where one is asked for. */
  kubeconfigYaml(parts?: KubeconfigParts): string;
  close(): Promise<void>;
}

/** An HTTPS server that answers like the recorded kube-apiserver, on a free loopback port. */
export async function startStubApiServer(options: StubOptions = {}): Promise<StubApiServer> {
  const requests: StubRequest[] = [];
  let connections = 0;
  const certificate = options.certificate ?? 'server';
  const server = createServer(
    {
      key: tlsFile(`${certificate}-key.pem`),
      cert: tlsFile(`${certificate}.pem`),
      ca: tlsFile('ca.pem'),
      requestCert: true,
      rejectUnauthorized: false,
    },
    (incoming, outgoing) => {
      const url = new URL(incoming.url ?? '/', 'https://stub');
      const request: StubRequest = {
        method: incoming.method ?? 'GET',
        path: url.pathname,
        query: url.searchParams,
        headers: incoming.headers,
        clientName: clientNameOf(incoming),
      };
      requests.push(request);
      const first = options.answer?.(request);
      if (first === 'hang') return;
      const refused = first ?? refusal(request, options);
      if (refused !== undefined) return void send(outgoing, refused);
      const proxied = proxiedService(url);
      const backend = proxied === null ? undefined : options.backends?.[proxied.service];
      if (proxied !== null && backend !== undefined) return passOn(incoming, outgoing, backend, proxied.path);
      send(outgoing, usualAnswer(request, options));
    },
  );
  server.on('secureConnection', () => {
    connections += 1;
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const url = `https://127.0.0.1:${port}`;
  return {
    url,
    port,
    requests,
    connectionCount: () => connections,
    kubeconfigYaml: (parts = {}) =>
      kubeconfigYaml({
        server: url,
        ...(options.token ? { user: { token: options.token } } : {}),
        ...parts,
      }),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function clientNameOf(incoming: IncomingMessage): string | null {
  const socket = incoming.socket as TLSSocket;
  const name = socket.authorized ? socket.getPeerCertificate().subject?.CN : undefined;
  return typeof name === 'string' ? name : null;
}

/** What the API server says before it looks at the path: 401 for wrong, 403 for no credentials, 403 by resource. */
function refusal(request: StubRequest, options: StubOptions): StubAnswer | undefined {
  const token = options.token ?? null;
  if (token !== null && request.clientName === null) {
    const sent = request.headers.authorization;
    if (sent === undefined) return { status: 403, body: recording('status-403-anonymous') };
    if (sent !== `Bearer ${token}`) return { status: 401, body: recording('status-401-expired-jwt') };
  }
  // A part of a node reached through the API server is the subresource `nodes/proxy`.
  const isNodeProxy = /^\/api\/v1\/nodes\/[^/]+\/proxy\//.test(request.path);
  const resource = isNodeProxy ? 'nodes/proxy' : (request.path.split('/').at(-1) ?? '');
  if (options.forbidden?.includes(resource) === true) return { status: 403, body: forbiddenStatus(resource) };
  return undefined;
}

function forbiddenStatus(resource: string): RawObject {
  const text = JSON.stringify(recording('status-403-pods'));
  return JSON.parse(text.replaceAll('pods', resource)) as RawObject;
}

function usualAnswer(request: StubRequest, options: StubOptions): StubAnswer {
  const accept = request.headers.accept ?? '';
  const list = (kind: string, items: readonly RawObject[]) => ({
    status: 200,
    body: stubList(kind, items, request.query, accept),
  });
  const namespaces = options.namespaces ?? recordedItems('namespaces');
  const named = /^\/api\/v1\/namespaces\/([^/]+)$/.exec(request.path)?.[1];
  if (named !== undefined) {
    const found = namespaces.find((item) => (item.metadata as RawObject).name === named);
    return found ? { status: 200, body: found } : { status: 404, body: recording('status-404-namespaced-pod') };
  }
  const kubelet = /^\/api\/v1\/nodes\/([^/]+)\/proxy\/stats\/summary$/.exec(request.path)?.[1];
  const summary = kubelet === undefined ? null : (options.summary?.(decodeURIComponent(kubelet)) ?? null);
  if (summary !== null) return { status: 200, body: summary };
  const measured = /^\/apis\/metrics\.k8s\.io\/v1beta1\/(nodes|pods)$/.exec(request.path)?.[1];
  if (measured !== undefined && options.metrics !== undefined) {
    return measured === 'nodes'
      ? list('NodeMetrics', options.metrics().nodes)
      : list('PodMetrics', options.metrics().pods);
  }
  switch (request.path) {
    case '/version':
      return { status: 200, body: recording('version') };
    case '/api/v1/nodes':
      return list('Node', options.nodes ?? recordedItems('nodes'));
    case '/api/v1/pods':
      return list('Pod', options.pods ?? recordedPods());
    case '/api/v1/namespaces':
      return list('Namespace', namespaces);
    case '/api/v1/services':
      return list('Service', options.services ?? recordedItems('services'));
    case '/apis/apps/v1/replicasets':
      return list('ReplicaSet', options.replicaSets ?? recordedItems('replicasets'));
    case '/api/v1/persistentvolumeclaims':
      return list('PersistentVolumeClaim', options.claims ?? recordedItems('persistentvolumeclaims'));
    case '/apis/storage.k8s.io/v1/storageclasses':
      return list('StorageClass', options.storageClasses ?? recordedItems('storageclasses'));
    case '/apis/batch/v1/jobs':
      return list('Job', options.jobs ?? recordedItems('jobs'));
    default:
      return { status: 404, body: '404 page not found\n', contentType: 'text/plain; charset=utf-8' };
  }
}

function send(outgoing: ServerResponse, answer: StubAnswer): void {
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  outgoing.writeHead(answer.status, { 'content-type': answer.contentType ?? 'application/json', ...answer.headers });
  outgoing.end(text);
}
