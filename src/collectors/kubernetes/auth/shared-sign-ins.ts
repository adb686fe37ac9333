import type { ResolvedContext } from '../kubeconfig/resolve-context.ts';
import type { ExecSection } from '../kubeconfig/schema.ts';
import type { CredentialSource } from './credentials.ts';

/** Sign-ins by key, so that connections (and contexts) of one user run its plugin once and share the answer. */
export interface SharedSignIns {
  acquire(key: string, make: () => CredentialSource): CredentialSource;
}

export function createSharedSignIns(): SharedSignIns {
  const sources = new Map<string, { source: CredentialSource; users: number }>();
  return {
    acquire(key, make) {
      const shared = sources.get(key) ?? { source: make(), users: 0 };
      sources.set(key, shared);
      shared.users += 1;
      let released = false;
      return {
        credentials: (signal) => shared.source.credentials(signal),
        invalidate: (refused) => shared.source.invalidate(refused),
        close() {
          if (released) return;
          released = true;
          shared.users -= 1;
          // The answer stays for the next connection; only a run that nobody waits for is ended.
          if (shared.users === 0) shared.source.close();
        },
      };
    },
  };
}

/** Two users share a run only if the plugin would be told exactly the same. */
export function pluginKey(context: ResolvedContext, exec: ExecSection): string {
  return JSON.stringify([exec, context.userDirectory, exec.provideClusterInfo === true ? context.cluster : null]);
}
