import { z } from 'zod';

/**
 * Kubernetes objects as far as the inventory needs them. Lenient: unknown fields are dropped on arrival, a field of the wrong
 * form counts as absent; only an object without a name is no object.
 */
const text = z.string().optional().catch(undefined);
const textMap = z.record(z.string(), z.string()).nullish().catch(null);
/** Quantities come as text, and now and then as bare numbers. */
const quantities = z.record(z.string(), z.coerce.string()).nullish().catch(null);
const resources = z.object({ requests: quantities }).nullish().catch(null);
const list = <Item extends z.ZodType>(item: Item) => z.array(item).nullish().catch(null);

const owner = z.object({ kind: z.string(), name: z.string(), controller: z.boolean().optional().catch(undefined) });

const metadata = z.object({
  name: z.string().min(1),
  namespace: text,
  uid: text,
  creationTimestamp: text,
  labels: textMap,
  annotations: textMap,
  ownerReferences: list(owner),
});
export type Metadata = z.infer<typeof metadata>;

export const metadataSchema = z.object({ metadata });

export const nodeSchema = z.object({
  metadata,
  spec: z.object({ providerID: text }).nullish().catch(null),
  status: z
    .object({
      capacity: quantities,
      allocatable: quantities,
      conditions: list(z.object({ type: z.string(), status: z.string() })),
      addresses: list(z.object({ type: z.string(), address: z.string() })),
      nodeInfo: z.object({ architecture: text, operatingSystem: text }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
});

const container = z.object({ resources, restartPolicy: text });
const podSpec = z.object({
  nodeName: text,
  containers: list(container),
  initContainers: list(container),
  resources,
  overhead: quantities,
  volumes: list(z.object({ persistentVolumeClaim: z.object({ claimName: z.string() }).optional().catch(undefined) })),
});
export type RawPodSpec = z.infer<typeof podSpec>;

const containerStatus = z.object({
  state: z
    .object({ terminated: z.object({ finishedAt: text }).nullish().catch(null) })
    .nullish()
    .catch(null),
});

export const podSchema = z.object({
  metadata,
  spec: podSpec.nullish().catch(null),
  status: z
    .object({
      phase: text,
      startTime: text,
      containerStatuses: list(containerStatus),
    })
    .nullish()
    .catch(null),
});
export type RawPod = z.infer<typeof podSchema>;

export const serviceSchema = z.object({
  metadata,
  spec: z
    .object({
      type: text,
      ports: list(z.object({ name: text, port: z.number().int(), protocol: text })),
    })
    .nullish()
    .catch(null),
});

export const claimSchema = z.object({
  metadata,
  spec: z.object({ storageClassName: text, resources }).nullish().catch(null),
  status: z.object({ phase: text, capacity: quantities }).nullish().catch(null),
});

export const storageClassSchema = z.object({ metadata, provisioner: text, parameters: textMap });

/** Claims that a pod which is not finished mounts. */
export interface ClaimPod {
  readonly namespace: string;
  readonly node: string | null;
  readonly claims: readonly string[];
}
