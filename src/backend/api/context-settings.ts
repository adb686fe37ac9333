import type { ClusterSettings, ClusterSettingsInput } from '../../contract/schemas/contexts.ts';
import { Failure } from '../../model/failure.ts';
import { checkAddress } from '../settings/check-method.ts';
import { type ContextSettings, NO_CONTEXT_SETTINGS } from '../settings/context-settings.ts';
import { withoutCredentials } from '../settings/redact.ts';
import type { ApiDeps } from './deps.ts';
import { saveContextSettings } from './save-context-settings.ts';

export async function contextSettings(contextName: string, deps: ApiDeps): Promise<ClusterSettings> {
  await deps.directory.describe(contextName);
  return answerOf(contextName, deps.contextSettings.value[contextName] ?? NO_CONTEXT_SETTINGS);
}

/** Changes what is given, keeps what is left out; null takes a value away. In force with the next reading; the past is restated. */
export async function updateContextSettings(input: ClusterSettingsInput, deps: ApiDeps): Promise<ClusterSettings> {
  const { context } = input;
  await deps.directory.describe(context);
  const change = (before: ContextSettings): ContextSettings => {
    const after = changed(before, input);
    checkUrl(after.prometheusUrl);
    checkHeader(after);
    return after;
  };
  return answerOf(context, await saveContextSettings(context, change, deps));
}

function changed(before: ContextSettings, input: ClusterSettingsInput): ContextSettings {
  const given = <T>(value: T | undefined, kept: T): T => (value === undefined ? kept : value);
  return {
    ...before,
    prometheusUrl: given(input.prometheus_url, before.prometheusUrl),
    prometheusAuth: given(input.prometheus_auth, before.prometheusAuth),
    prometheusUsername: given(input.prometheus_username, before.prometheusUsername),
    prometheusSecret: given(input.prometheus_secret, before.prometheusSecret),
    certificateAuthority: given(input.certificate_authority, before.certificateAuthority),
    extraMatchers: given(input.extra_matchers, before.extraMatchers),
    tenantHeader: given(input.tenant_header, before.tenantHeader),
    tenantValue: given(input.tenant_value, before.tenantValue),
    pue: given(input.pue, before.pue),
    zone: given(input.zone, before.zone),
    priceCpuCoreHour: given(input.price_cpu_core_hour, before.priceCpuCoreHour),
    priceMemoryGbHour: given(input.price_memory_gb_hour, before.priceMemoryGbHour),
    currency: given(input.currency, before.currency),
  };
}

function checkUrl(url: string | null): void {
  if (url === null) return;
  const hint = 'Choose basic as prometheus_auth, and give prometheus_username and prometheus_secret.';
  checkAddress(url, 'prometheus_url', 'https://prometheus.example.org', hint);
}

function checkHeader({ tenantHeader, tenantValue }: ContextSettings): void {
  if (tenantHeader !== null && !/^[A-Za-z0-9-]{1,100}$/.test(tenantHeader)) {
    throw new Failure('bad-input', 'tenant_header takes the name of an HTTP header, for example X-Scope-OrgID');
  }
  if (tenantValue !== null && /[\r\n\0]/.test(tenantValue)) {
    throw new Failure('bad-input', 'tenant_value must be one line');
  }
}

function answerOf(context: string, settings: ContextSettings): ClusterSettings {
  return {
    context,
    prometheus_url: settings.prometheusUrl === null ? null : withoutCredentials(settings.prometheusUrl),
    prometheus_auth: settings.prometheusAuth,
    prometheus_username: settings.prometheusUsername,
    has_prometheus_secret: settings.prometheusSecret !== null,
    has_certificate_authority: settings.certificateAuthority !== null,
    extra_matchers: settings.extraMatchers,
    tenant_header: settings.tenantHeader,
    pue: settings.pue,
    zone: settings.zone,
    price_cpu_core_hour: settings.priceCpuCoreHour,
    price_memory_gb_hour: settings.priceMemoryGbHour,
    currency: settings.currency,
  };
}
