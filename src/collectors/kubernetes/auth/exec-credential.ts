import { z } from 'zod';
import type { ClusterSection, ExecSection } from '../kubeconfig/schema.ts';
import { bearer, type Credentials } from './credentials.ts';

/** Answer of an exec plugin (client.authentication.k8s.io ExecCredential), as far as it is used. */
const execCredentialSchema = z.object({
  kind: z.literal('ExecCredential'),
  status: z
    .object({
      token: z.string().min(1).optional(),
      clientCertificateData: z.string().min(1).optional(),
      clientKeyData: z.string().min(1).optional(),
      expirationTimestamp: z.string().optional(),
    })
    .refine(
      (status) =>
        status.token !== undefined ||
        (status.clientCertificateData !== undefined && status.clientKeyData !== undefined),
    ),
});

export interface PluginAnswer {
  readonly credentials: Credentials;
  /** Null: good until refused. */
  readonly expiresAtMilliseconds: number | null;
}

/** Null where the text is no usable ExecCredential. */
export function parsePluginAnswer(stdout: string): PluginAnswer | null {
  const parsed = execCredentialSchema.safeParse(parseJson(stdout));
  if (!parsed.success) return null;
  const { token, clientCertificateData, clientKeyData, expirationTimestamp } = parsed.data.status;
  const expires = expirationTimestamp === undefined ? Number.NaN : Date.parse(expirationTimestamp);
  return {
    credentials: {
      headers: token === undefined ? {} : bearer(token),
      clientCertificate:
        clientCertificateData === undefined || clientKeyData === undefined
          ? null
          : { certificate: clientCertificateData, key: clientKeyData },
    },
    expiresAtMilliseconds: Number.isNaN(expires) ? null : expires,
  };
}

/** The value of KUBERNETES_EXEC_INFO: what the plugin may know of the cluster, in the plugin's own API version. */
export function execInfo(exec: ExecSection, cluster: ClusterSection): string {
  const info = {
    kind: 'ExecCredential',
    apiVersion: exec.apiVersion ?? 'client.authentication.k8s.io/v1',
    spec: {
      interactive: false,
      ...(exec.provideClusterInfo === true ? { cluster: clusterInfo(cluster) } : {}),
    },
  };
  return JSON.stringify(info);
}

function clusterInfo(cluster: ClusterSection): Record<string, unknown> {
  return {
    server: cluster.server,
    ...(cluster['tls-server-name'] ? { 'tls-server-name': cluster['tls-server-name'] } : {}),
    ...(cluster['insecure-skip-tls-verify'] ? { 'insecure-skip-tls-verify': true } : {}),
    ...(cluster['certificate-authority-data']
      ? { 'certificate-authority-data': cluster['certificate-authority-data'] }
      : {}),
    ...(cluster['proxy-url'] ? { 'proxy-url': cluster['proxy-url'] } : {}),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
