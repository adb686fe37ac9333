import type { Transport } from '../../core/ports/transport.ts';

/** The same service, with all paths below a prefix. */
export function withPrefix(transport: Transport, prefix: string): Transport {
  if (prefix === '') return transport;
  return {
    description: transport.description,
    send: (request) => transport.send({ ...request, path: `${prefix}${request.path}` }),
  };
}
