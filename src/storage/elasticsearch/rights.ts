import * as z from 'zod';
import { statusOf } from './failures.ts';
import type { IndexNames } from './index-names.ts';
import type { Requests } from './requests.ts';

const READING = ['read', 'view_index_metadata', 'monitor'] as const;
const WRITING = ['create_index', 'index', 'delete', 'delete_index', 'maintenance'] as const;
const CLUSTER_READING = ['monitor'] as const;
const CLUSTER_WRITING = ['manage_index_templates'] as const;

/** Rights that the user lacks, in Elasticsearch's own words. */
export interface MissingRights {
  readonly reading: readonly string[];
  readonly writing: readonly string[];
}

export const NO_MISSING_RIGHTS: MissingRights = { reading: [], writing: [] };

const Answer = z.object({
  cluster: z.record(z.string(), z.boolean()),
  index: z.record(z.string(), z.record(z.string(), z.boolean())),
});

/** Asks what the user may do with the store's indices. Without security everybody may do everything. */
export async function missingRights(requests: Requests, names: IndexNames): Promise<MissingRights> {
  const pattern = names.pattern;
  let answer: z.infer<typeof Answer>;
  try {
    answer = Answer.parse(
      await requests.send((options) =>
        requests.client.security.hasPrivileges(
          {
            cluster: [...CLUSTER_READING, ...CLUSTER_WRITING],
            index: [{ names: [pattern], privileges: [...READING, ...WRITING] }],
          },
          options,
        ),
      ),
    );
  } catch (error) {
    if (isWithoutSecurity(error)) return NO_MISSING_RIGHTS;
    throw error;
  }
  const onIndices = answer.index[pattern] ?? {};
  const lacking = (rights: readonly string[]): string[] =>
    rights.filter((right) => onIndices[right] === false).map((right) => `${right} on ${pattern}`);
  const lackingOnCluster = (rights: readonly string[]): string[] =>
    rights.filter((right) => answer.cluster[right] === false).map((right) => `${right} on the cluster`);
  return {
    reading: [...lackingOnCluster(CLUSTER_READING), ...lacking(READING)],
    writing: [...lackingOnCluster(CLUSTER_WRITING), ...lacking(WRITING)],
  };
}

/** No handler for the address, or security is switched off. */
function isWithoutSecurity(error: unknown): boolean {
  const status = statusOf(error instanceof Error && error.cause !== undefined ? error.cause : error);
  return status === 400 || status === 404 || status === 405 || status === 500;
}
