import { stringify } from 'yaml';
import { tlsFile } from './recordings.ts';

export interface KubeconfigParts {
  readonly context?: string;
  readonly namespace?: string;
  readonly server?: string;
  /** Added to, or (with undefined) taken from the cluster section, in kubeconfig spelling. */
  readonly cluster?: Readonly<Record<string, unknown>>;
  /** The whole user section; `{}` sends no credentials. */
  readonly user?: Readonly<Record<string, unknown>>;
}

/** A kubeconfig with one context whose cluster trusts the test authority. */
export function kubeconfigYaml(parts: KubeconfigParts & { readonly server: string }): string {
  const context = parts.context ?? 'stub';
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': context,
    clusters: [
      {
        name: `${context}-cluster`,
        cluster: {
          server: parts.server,
          'certificate-authority-data': Buffer.from(tlsFile('ca.pem')).toString('base64'),
          ...parts.cluster,
        },
      },
    ],
    users: [{ name: `${context}-user`, user: parts.user ?? {} }],
    contexts: [
      {
        name: context,
        context: {
          cluster: `${context}-cluster`,
          user: `${context}-user`,
          ...(parts.namespace === undefined ? {} : { namespace: parts.namespace }),
        },
      },
    ],
  });
}
