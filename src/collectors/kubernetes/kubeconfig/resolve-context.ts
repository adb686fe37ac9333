import { isAbsolute, join } from 'node:path';
import { Failure } from '../../../model/failure.ts';
import { parseHttpUrl } from '../../../net/address.ts';
import type { Entry } from './kubeconfig-file.ts';
import type { MergedKubeconfig } from './merge.ts';
import type { ClusterSection, ContextSection, UserSection } from './schema.ts';

/** A context with the cluster and user it names; paths are absolute. Nothing of it was read or tried yet. */
export interface ResolvedContext {
  readonly name: string;
  readonly file: string;
  readonly clusterName: string;
  readonly userName: string | null;
  readonly namespace: string | null;
  readonly server: URL;
  readonly cluster: ClusterSection;
  readonly user: UserSection;
  /** Folder of the file that holds the user: exec commands with a slash start from it. */
  readonly userDirectory: string;
}

/** Throws `Failure` (`not-found`, `bad-input`) with what is wrong in the kubeconfig. */
export function resolveContext(merged: MergedKubeconfig, name: string): ResolvedContext {
  const entry = merged.contexts.get(name);
  if (entry === undefined) {
    throw new Failure('not-found', `No kubeconfig has a context "${name}".`, {
      hint: 'List them with `podwatt contexts`. The file may have changed or moved.',
    });
  }
  const context = usable(entry);
  const cluster = clusterOf(merged, name, context);
  const user = userOf(merged, name, context);
  return {
    name,
    file: entry.file,
    clusterName: context.cluster,
    userName: context.user || null,
    namespace: context.namespace || null,
    server: parseHttpUrl(cluster.section.server, `The server of cluster "${context.cluster}"`),
    cluster: {
      ...cluster.section,
      'certificate-authority': absolute(cluster.directory, cluster.section['certificate-authority']),
    },
    user: {
      ...user.section,
      'client-certificate': absolute(user.directory, user.section['client-certificate']),
      'client-key': absolute(user.directory, user.section['client-key']),
      tokenFile: absolute(user.directory, user.section.tokenFile),
    },
    userDirectory: user.directory,
  };
}

interface Usable<Section> {
  readonly section: Section;
  readonly directory: string;
}

function clusterOf(merged: MergedKubeconfig, name: string, context: ContextSection): Usable<ClusterSection> {
  const entry = merged.clusters.get(context.cluster);
  if (entry === undefined) throw dangling(name, 'cluster', context.cluster);
  return { section: usable(entry), directory: entry.directory };
}

/** No user at all is allowed (anonymous); a name that leads nowhere is not. */
function userOf(merged: MergedKubeconfig, name: string, context: ContextSection): Usable<UserSection> {
  if (!context.user) return { section: {}, directory: '.' };
  const entry = merged.users.get(context.user);
  if (entry === undefined) throw dangling(name, 'user', context.user);
  return { section: usable(entry), directory: entry.directory };
}

function usable<Section>(entry: Entry<Section>): Section {
  if (entry.section !== null) return entry.section;
  throw new Failure('bad-input', entry.problem?.message ?? `"${entry.name}" is incomplete.`, {
    hint: entry.problem?.hint ?? 'Fetch the kubeconfig again.',
  });
}

function dangling(context: string, kind: 'cluster' | 'user', name: string): Failure {
  return new Failure('bad-input', `The context "${context}" names a ${kind} "${name}" that no kubeconfig holds.`, {
    hint: `Add the ${kind} "${name}", or the file that holds it to KUBECONFIG.`,
  });
}

function absolute(directory: string, path: string | null | undefined): string | null {
  if (!path) return null;
  return isAbsolute(path) ? path : join(directory, path);
}
