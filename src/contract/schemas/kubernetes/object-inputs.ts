import * as z from 'zod';
import { Name } from '../primitives.ts';
import { Id, pageFields } from './paging.ts';

export const HelmInput = z.object({
  cluster: Id.optional().describe('Cluster id; all clusters where left out'),
  namespace: Name.optional().describe('Name of a namespace'),
  ...pageFields,
});

export const ClusterPodsInput = z.object({
  id: Id,
  troubled: z.literal(true, 'troubled takes true: pods of a namespace are at /namespaces/{id}/pods').default(true),
  limit: pageFields.limit,
});
