import { stringify } from 'yaml';
import { z } from 'zod';
import type { SeenRelease } from '../../../model/kubernetes/seen.ts';
import { instantSeconds } from '../inventory/instant.ts';
import { secretObject } from '../objects/schemas.ts';
import { decodeRelease } from './decode.ts';
import { maskValues } from './mask-values.ts';

const text = z.string().optional().catch(undefined);

const STATUSES = [
  'unknown',
  'deployed',
  'uninstalled',
  'superseded',
  'failed',
  'uninstalling',
  'pending-install',
  'pending-upgrade',
  'pending-rollback',
] as const;

const releaseDocument = z.object({
  name: z.string().min(1),
  namespace: z.string().min(1),
  version: z.coerce.number().int().positive(),
  info: z
    .object({ first_deployed: text, last_deployed: text, status: z.enum(STATUSES).catch('unknown') })
    .nullish()
    .catch(null),
  chart: z
    .object({ metadata: z.object({ name: text, version: text, appVersion: text }).nullish().catch(null) })
    .nullish()
    .catch(null),
  config: z.record(z.string(), z.unknown()).nullish().catch(null),
});

const LONGEST_VALUES = 256 * 1024;

/** One revision of a Helm release from its Secret; null where it is none. Templates, manifest, notes and hooks are dropped. */
export function readRelease(raw: unknown): SeenRelease | null {
  const secret = secretObject.safeParse(raw).data;
  if (secret?.metadata.namespace === undefined || secret.data?.release === undefined) return null;
  const parsed = releaseDocument.safeParse(decodeRelease(secret.data.release));
  if (!parsed.success) return null;
  const { name, version, info, chart, config } = parsed.data;
  const lastDeployedAtSeconds = instantSeconds(info?.last_deployed);
  const firstDeployedAtSeconds = instantSeconds(info?.first_deployed);
  return {
    kind: 'Release',
    namespace: secret.metadata.namespace,
    name: secret.metadata.name,
    release: {
      name,
      chartName: chart?.metadata?.name ?? name,
      chartVersion: chart?.metadata?.version ?? null,
      appVersion: chart?.metadata?.appVersion ?? null,
      status: info?.status ?? 'unknown',
      revision: version,
      valuesYaml: valuesYaml(config ?? null),
      firstDeployedAtSeconds,
      lastDeployedAtSeconds,
      createdAtSeconds: firstDeployedAtSeconds ?? instantSeconds(secret.metadata.creationTimestamp) ?? 0,
    },
  };
}

function valuesYaml(config: Readonly<Record<string, unknown>> | null): string | null {
  if (config === null || Object.keys(config).length === 0) return null;
  // Measured first: writing YAML takes long.
  if (JSON.stringify(config).length > LONGEST_VALUES) return '# These values are too long to be kept.\n';
  return stringify(maskValues(config), { aliasDuplicateObjects: false });
}
