import type { HeaderValues } from '../../../net/http-client.ts';
import type { ResolvedContext } from '../kubeconfig/resolve-context.ts';
import type { UserSection } from '../kubeconfig/schema.ts';
import { authProviderCredentials } from './auth-provider.ts';
import { bearer, type CredentialSource, fixedCredentials } from './credentials.ts';
import { type ExecOptions, execCredentials } from './exec-plugin.ts';
import { tokenFileCredentials } from './token-file.ts';

/** The way in which the user of a context signs in, in client-go's order of preference. */
export function credentialsOf(context: ResolvedContext, options: ExecOptions): CredentialSource {
  const source = signInOf(context, options);
  const identity = impersonation(context.user);
  if (Object.keys(identity).length === 0) return source;
  return {
    ...source,
    credentials: async (signal) => {
      const own = await source.credentials(signal);
      return { ...own, headers: { ...own.headers, ...identity } };
    },
  };
}

function signInOf(context: ResolvedContext, options: ExecOptions): CredentialSource {
  const { user } = context;
  if (user.exec) return execCredentials(context, user.exec, options);
  if (user['auth-provider']) {
    return authProviderCredentials(context, user['auth-provider'].name, user['auth-provider'].config ?? {});
  }
  if (user.tokenFile) return tokenFileCredentials(user.tokenFile, options.nowMilliseconds);
  if (user.token) return fixedCredentials(bearer(user.token.trim()));
  if (user.username) {
    const pair = Buffer.from(`${user.username}:${user.password ?? ''}`).toString('base64');
    return fixedCredentials({ authorization: `Basic ${pair}` });
  }
  return fixedCredentials({});
}

function impersonation(user: UserSection): HeaderValues {
  const headers: Record<string, string | readonly string[]> = {};
  if (user.as) headers['impersonate-user'] = user.as;
  if (user['as-uid']) headers['impersonate-uid'] = user['as-uid'];
  if (user['as-groups'] && user['as-groups'].length > 0) headers['impersonate-group'] = user['as-groups'];
  for (const [key, values] of Object.entries(user['as-user-extra'] ?? {})) {
    headers[`impersonate-extra-${encodeURIComponent(key.toLowerCase())}`] = values;
  }
  return headers;
}
