import type { ClusterHttp } from '../../../../../src/collectors/kubernetes/api/cluster-http.ts';
import type { HttpRequest, HttpResponse, HttpStream } from '../../../../../src/net/http-client.ts';

export interface FakeHttp extends ClusterHttp {
  readonly requests: HttpRequest[];
}

export function json(body: unknown, status = 200): HttpResponse {
  return { status, contentType: 'application/json', text: typeof body === 'string' ? body : JSON.stringify(body) };
}

/** A ClusterHttp without a network: the test answers. */
export function fakeHttp(
  answer: (request: HttpRequest, url: URL) => HttpResponse | Promise<HttpResponse>,
  watch: (request: HttpRequest, url: URL) => HttpStream | Promise<HttpStream> = () => {
    throw new Error('Nobody watches here');
  },
): FakeHttp {
  const requests: HttpRequest[] = [];
  return {
    host: 'h:6443',
    requests,
    async send(request) {
      requests.push(request);
      return answer(request, new URL(request.path, 'https://h:6443'));
    },
    async stream(request) {
      requests.push(request);
      return watch(request, new URL(request.path, 'https://h:6443'));
    },
    close: async () => undefined,
  };
}
