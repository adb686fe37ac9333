import type { ContextDescription } from '../../../core/ports/cluster-source.ts';
import { isFailure } from '../../../model/failure.ts';
import { redactUrl } from '../../../net/address.ts';
import type { Entry, Problem } from './kubeconfig-file.ts';
import type { MergedKubeconfig } from './merge.ts';
import { resolveContext } from './resolve-context.ts';
import type { ContextSection, UserSection } from './schema.ts';
import { checkMaterial } from './tls-material.ts';

/** A context as a list shows it, with the reason where it can't be used. Never throws, never connects. */
export async function describeContext(
  merged: MergedKubeconfig,
  entry: Entry<ContextSection>,
): Promise<ContextDescription> {
  const problem = await problemOf(merged, entry.name);
  const cluster = merged.clusters.get(entry.section?.cluster ?? '')?.section;
  const user = merged.users.get(entry.section?.user ?? '');
  return {
    name: entry.name,
    file: entry.file,
    clusterName: entry.section?.cluster ?? '',
    serverUrl: cluster && URL.canParse(cluster.server) ? redactUrl(cluster.server) : null,
    userName: entry.section?.user || null,
    namespace: entry.section?.namespace || null,
    authKind: user === undefined ? (entry.section?.user ? 'unknown' : 'none') : authKindOf(user.section),
    isCurrent: entry.name === merged.currentContext,
    isSample: false,
    problem,
  };
}

async function problemOf(merged: MergedKubeconfig, name: string): Promise<Problem | null> {
  try {
    await checkMaterial(resolveContext(merged, name));
    return null;
  } catch (error) {
    if (isFailure(error)) return { message: error.message, hint: error.hint };
    return { message: `The context "${name}" could not be read.`, hint: 'Fetch the kubeconfig again.' };
  }
}

/** The way a user signs in, in client-go's order; a client certificate counts only where nothing else is set. */
export function authKindOf(user: UserSection | null): ContextDescription['authKind'] {
  if (user === null) return 'unknown';
  if (user.exec) return 'exec';
  if (user['auth-provider']) return 'auth-provider';
  if (user.tokenFile) return 'token-file';
  if (user.token) return 'token';
  if (user.username) return 'basic';
  if (user['client-certificate'] || user['client-certificate-data']) return 'certificate';
  return 'none';
}
