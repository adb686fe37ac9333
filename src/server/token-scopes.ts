import { contract } from '../contract/contract.ts';
import type { TokenScope } from '../contract/schemas/tokens.ts';
import { REST_PREFIX } from './rest-routes.ts';
import { RPC_PREFIX } from './rpc.ts';

export const EXPORTER_PATH = '/prometheus/metrics';

/**
 * Operations without a REST path that change nothing, as the address of the RPC names them. What has a GET route
 * changes nothing either; everything else is for `write` alone, so a new operation is closed until somebody opens it.
 */
const MORE_READS = [
  'reports/export',
  'contexts/check',
  'contexts/settings',
  'clusters/progress',
  'sources/settings',
  'sources/method',
  'settings/get',
  'recommendations/thresholds',
  'k8s/encryption',
] as const;

/** Who holds a token may see neither the other tokens nor make one. */
const NOT_FOR_READERS = 'tokens';

const READ_CALLS: ReadonlySet<string> = new Set([
  ...Object.entries(contract)
    .filter(([group]) => group !== NOT_FOR_READERS)
    .flatMap(([group, operations]) =>
      Object.entries(operations)
        .filter(([, operation]) => operation['~orpc'].route.method === 'GET')
        .map(([name]) => `${RPC_PREFIX}/${group}/${name}`),
    ),
  ...MORE_READS.map((call) => `${RPC_PREFIX}/${call}`),
]);

/** Whether a token of a scope may ask this. */
export function mayAsk(scope: TokenScope, method: string, path: string): boolean {
  if (scope === 'write') return true;
  const isRead = method === 'GET' || method === 'HEAD';
  if (scope === 'metrics') return isRead && path === EXPORTER_PATH;
  if (path.startsWith(`${RPC_PREFIX}/`)) return READ_CALLS.has(path);
  return isRead && !isOfTokens(path);
}

/** Looser than the router is, so that no other spelling of the address gets past. */
function isOfTokens(path: string): boolean {
  const parts = path.toLowerCase().split('/').filter(Boolean);
  return [...REST_PREFIX.split('/').filter(Boolean), NOT_FOR_READERS].every((part, index) => parts[index] === part);
}
