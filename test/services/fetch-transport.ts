import type { Transport, TransportRequest } from '../../src/core/ports/transport.ts';
import { Failure } from '../../src/model/failure.ts';

export interface CountingTransport extends Transport {
  readonly requests: TransportRequest[];
}

/** A transport over plain fetch, for tests against loopback services. */
export function fetchTransport(baseUrl: string): CountingTransport {
  const requests: TransportRequest[] = [];
  return {
    description: baseUrl,
    requests,
    async send(request) {
      requests.push(request);
      const body = new URLSearchParams();
      for (const [name, value] of Object.entries(request.parameters)) {
        for (const item of typeof value === 'string' ? [value] : value) body.append(name, item);
      }
      const url = `${baseUrl}${request.path}${request.method === 'GET' ? `?${body}` : ''}`;
      const response = await fetch(url, {
        method: request.method,
        headers: { ...request.headers },
        ...(request.method === 'POST' ? { body } : {}),
        ...(request.signal === undefined ? {} : { signal: request.signal }),
      });
      const text = await response.text();
      if (request.maxBytes !== undefined && text.length > request.maxBytes) throw new Failure('too-large', 'too large');
      return { status: response.status, contentType: response.headers.get('content-type'), text };
    },
  };
}
