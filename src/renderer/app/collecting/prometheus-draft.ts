import type { ClusterSettings, ClusterSettingsInput } from '../../../contract/schemas/contexts.ts';

/** What a person types about a Prometheus; all text, checked when it is saved. */
export interface PrometheusDraft {
  readonly url: string;
  readonly auth: ClusterSettings['prometheus_auth'];
  readonly username: string;
  readonly secret: string;
}

export const EMPTY_PROMETHEUS: PrometheusDraft = { url: '', auth: 'none', username: '', secret: '' };

export function prometheusDraftOf(settings: ClusterSettings): PrometheusDraft {
  return {
    url: settings.prometheus_url ?? '',
    auth: settings.prometheus_auth,
    username: settings.prometheus_username ?? '',
    secret: '',
  };
}

/** What is wrong with the address, in words; null if it can be tried. An empty one means "find it in the cluster". */
export function urlProblem(url: string): string | null {
  if (url.trim() === '') return null;
  let parsed: URL;
  try {
    parsed = new URL(url.trim());
  } catch {
    return 'An address begins with http:// or https://, for example https://prometheus.example.com';
  }
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return 'Only http:// and https:// work.';
  if (parsed.username !== '' || parsed.password !== '')
    return 'Put the name and password in their own fields, not in the address.';
  return null;
}

type PrometheusInput = Pick<
  ClusterSettingsInput,
  'prometheus_url' | 'prometheus_auth' | 'prometheus_username' | 'prometheus_secret'
>;

/** The draft as settings. A secret that was left empty keeps the one that is stored; no authentication removes it. */
export function prometheusInput(draft: PrometheusDraft): PrometheusInput {
  const url = draft.url.trim();
  return {
    prometheus_url: url === '' ? null : url,
    prometheus_auth: draft.auth,
    prometheus_username: draft.auth === 'basic' && draft.username !== '' ? draft.username : null,
    ...(draft.auth === 'none'
      ? { prometheus_secret: null }
      : draft.secret === ''
        ? {}
        : { prometheus_secret: draft.secret }),
  };
}
