import type { ServiceDescription } from '../../../model/inventory.ts';
import { serviceSchema } from './schemas.ts';

/** A Service from what the API server sent; null where it is none. UDP ports are left out. */
export function readService(raw: unknown): ServiceDescription | null {
  const parsed = serviceSchema.safeParse(raw);
  if (!parsed.success || parsed.data.metadata.namespace === undefined) return null;
  const { metadata, spec } = parsed.data;
  return {
    namespace: parsed.data.metadata.namespace,
    name: metadata.name,
    labels: metadata.labels ?? {},
    ports: (spec?.ports ?? [])
      .filter((port) => port.protocol === undefined || port.protocol === 'TCP')
      .map((port) => ({ name: port.name ?? null, port: port.port })),
  };
}
