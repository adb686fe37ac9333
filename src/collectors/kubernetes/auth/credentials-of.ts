import type { HeaderValues } from '../../../net/http-client.ts';
import type { ResolvedContext } from '../kubeconfig/resolve-context.ts';
import type { UserSection } from '../kubeconfig/schema.ts';
import { authProviderCredentials } from './auth-provider.ts';
import { bearer, type CredentialSource, type Credentials, fixedCredentials } from './credentials.ts';
import { type ExecOptions, execCredentials } from './exec-plugin.ts';
import { pluginKey, type SharedSignIns } from './shared-sign-ins.ts';
import { tokenFileCredentials } from './token-file.ts';

interface SignInOptions extends ExecOptions {
  /** Plugins that several connections use together. */
  readonly shared: SharedSignIns;
}

/** The way in which the user of a context signs in, in client-go's order of preference. */
export function credentialsOf(context: ResolvedContext, options: SignInOptions): CredentialSource {
  const source = signInOf(context, options);
  const identity = impersonation(context.user);
  if (Object.keys(identity).length === 0) return source;
  return withHeaders(source, identity);
}

function signInOf(context: ResolvedContext, options: SignInOptions): CredentialSource {
  const { user } = context;
  const { exec } = user;
  if (exec) {
    return options.shared.acquire(pluginKey(context, exec), () => execCredentials(context, exec, options));
  }
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

/** Remembers which credentials of the source its own were made from, so that a refusal reaches the right ones. */
function withHeaders(source: CredentialSource, headers: HeaderValues): CredentialSource {
  const origins = new WeakMap<Credentials, Credentials>();
  return {
    async credentials(signal) {
      const origin = await source.credentials(signal);
      const made = { ...origin, headers: { ...origin.headers, ...headers } };
      origins.set(made, origin);
      return made;
    },
    invalidate: (refused) => source.invalidate(origins.get(refused) ?? refused),
    close: () => source.close(),
  };
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
