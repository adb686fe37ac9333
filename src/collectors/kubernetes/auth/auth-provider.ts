import { Failure } from '../../../model/failure.ts';
import type { ResolvedContext } from '../kubeconfig/resolve-context.ts';
import type { CredentialSource } from './credentials.ts';

const TIMEOUT_MILLISECONDS = 10_000;

/**
 * The old `auth-provider` section (OIDC, and what is left of gcp and azure), by @kubernetes/client-node, which is loaded here only.
 * gcp and azure with a command are refused: the library would block the whole process on it, and kubectl dropped them in 1.26.
 */
export function authProviderCredentials(
  context: ResolvedContext,
  name: string,
  config: Record<string, unknown>,
): CredentialSource {
  let apply: Promise<() => Promise<Record<string, string>>> | null = null;
  return {
    async credentials() {
      if (name !== 'oidc' && config['cmd-path'] !== undefined) throw outdated(name);
      apply ??= prepare(context, name, config);
      const headers = await withinLimit(apply.then((run) => run())).catch((error: unknown) => {
        throw error instanceof Failure ? error : signInAgain(context, name);
      });
      if (headers.authorization === undefined) throw signInAgain(context, name);
      return { headers, clientCertificate: null };
    },
    invalidate: () => false,
    close: () => undefined,
  };
}

async function prepare(context: ResolvedContext, name: string, config: Record<string, unknown>) {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const library = new KubeConfig();
  library.loadFromClusterAndUser(
    { name: 'cluster', server: context.server.href, skipTLSVerify: false },
    { name: 'user', authProvider: { name, config: { ...config } } },
  );
  return async (): Promise<Record<string, string>> => {
    const options: { headers: Record<string, string> } = { headers: {} };
    await library.applyToHTTPSOptions(options);
    const value = options.headers.Authorization;
    return value === undefined ? {} : { authorization: value };
  };
}

async function withinLimit<Value>(promise: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new Failure('timeout', 'The identity provider did not answer in time.', {
            hint: 'Check that the network or VPN is on, then sign in again.',
          }),
        ),
      TIMEOUT_MILLISECONDS,
    );
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function outdated(name: string): Failure {
  return new Failure(
    'unauthenticated',
    `The sign-in provider "${name}" of this kubeconfig is no longer supported by Kubernetes.`,
    {
      hint: 'Fetch the kubeconfig again with an up-to-date tool of your provider: it will use an exec plugin.',
    },
  );
}

function signInAgain(context: ResolvedContext, name: string): Failure {
  return new Failure(
    'unauthenticated',
    `The ${name} sign-in of user "${context.userName}" has expired or could not be renewed.`,
    {
      hint: "Sign in again with your provider's command, then retry.",
    },
  );
}
