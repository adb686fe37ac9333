import type { Transport, TransportRequest, TransportResponse } from '../../../core/ports/transport.ts';
import { Failure, isFailure } from '../../../model/failure.ts';
import { placeParameters } from '../../../net/form.ts';
import type { HttpResponse } from '../../../net/http-client.ts';
import type { ClusterHttp } from './cluster-http.ts';
import { parseStatus, statusFailure } from './status-failure.ts';

export interface ServiceAddress {
  readonly namespace: string;
  readonly name: string;
  /** Number or name of the Service's port. */
  readonly port: number | string;
  readonly scheme?: 'http' | 'https';
}

/**
 * A way to a Service through the API server's proxy, with the kubeconfig's credentials. What the Service itself says is an answer,
 * whatever its status; what the API server says on the way (no right, no endpoint) is thrown as `Failure`.
 */
export function createServiceTransport(http: ClusterHttp, service: ServiceAddress): Transport {
  const reference = `${service.scheme === 'https' ? 'https:' : ''}${service.name}:${service.port}`;
  const root = `/api/v1/namespaces/${encodeURIComponent(service.namespace)}/services/${reference}/proxy`;
  const label = `${service.namespace}/${service.name}:${service.port}`;
  return {
    description: `${label} through the API server`,
    async send(request) {
      const placed = placeParameters(request.method, `${root}${request.path}`, request.parameters, request.json);
      const response = await http
        .send({
          method: request.method,
          ...placed,
          headers: { accept: 'application/json', ...request.headers, ...placed.headers },
          ...limitsOf(request),
        })
        .catch((error: unknown) => {
          throw isFailure(error) && error.code === 'timeout' ? tooLate(label, http.host) : error;
        });
      throwOwnStatus(response, http.host, service, label, request.method);
      return response satisfies TransportResponse;
    },
  };
}

function limitsOf(request: TransportRequest): Pick<TransportRequest, 'timeoutMilliseconds' | 'maxBytes' | 'signal'> {
  return {
    ...(request.timeoutMilliseconds === undefined ? {} : { timeoutMilliseconds: request.timeoutMilliseconds }),
    ...(request.maxBytes === undefined ? {} : { maxBytes: request.maxBytes }),
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  };
}

/** The API server waits for the Service without a word: it is the Service that is late. */
function tooLate(label: string, host: string): Failure {
  return new Failure('timeout', `The Service ${label} did not answer in time through the API server at ${host}.`, {
    hint: 'Its pod may be overloaded or hang, or a network policy swallows the traffic. Check it, or enter a URL.',
  });
}

/** The API server's own errors are `Status` objects; a service behind it never speaks so. */
function throwOwnStatus(
  response: HttpResponse,
  host: string,
  service: ServiceAddress,
  label: string,
  method: 'GET' | 'POST',
): void {
  if (response.status < 400 || parseStatus(response) === null) return;
  if (response.status === 404) {
    throw new Failure('not-found', `The Service ${label} does not exist.`, {
      hint: 'It may have been removed or renamed. Search for it again, or enter a URL.',
    });
  }
  if (response.status === 500 || response.status === 502 || response.status === 503 || response.status === 504) {
    throw new Failure('unreachable', `The API server at ${host} can't reach the Service ${label}.`, {
      hint: 'Its pods may not be running, or a network policy keeps the control plane out. Check the Service, or enter a URL.',
    });
  }
  throw statusFailure(response, host, {
    verb: method === 'GET' ? 'get' : 'create',
    resource: 'services/proxy',
    apiGroup: '',
    namespace: service.namespace,
  });
}
