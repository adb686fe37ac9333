import { describe, expect, it } from 'vitest';
import { type ClusterSettings, ClusterSettingsInput } from '../../../../src/contract/schemas/contexts.ts';
import { prometheusInput, urlProblem } from '../../../../src/renderer/app/collecting/prometheus-draft.ts';
import { changesOf, draftOf, problemsOf } from '../../../../src/renderer/features/clusters/settings-draft.ts';

const settings: ClusterSettings = {
  context: 'prod',
  prometheus_url: 'https://prometheus.example.com',
  prometheus_auth: 'basic',
  prometheus_username: 'reader',
  has_prometheus_secret: true,
  has_certificate_authority: false,
  extra_matchers: 'cluster="prod"',
  tenant_header: null,
  pue: 1.2,
  zone: 'FR',
  price_cpu_core_hour: 0.031,
  price_memory_gb_hour: null,
  currency: 'EUR',
};

describe('settings of a cluster', () => {
  it('change nothing where nothing was typed', () => {
    expect(changesOf(settings, draftOf(settings))).toEqual({ context: 'prod' });
    const bare = { ...settings, prometheus_auth: 'none' as const, prometheus_username: null };
    expect(changesOf(bare, draftOf(bare))).toEqual({ context: 'prod' });
  });

  it('name only what was changed', () => {
    const input = changesOf(settings, { ...draftOf(settings), pue: '1.4', extraMatchers: ' ' });
    expect(input).toEqual({ context: 'prod', pue: 1.4, extra_matchers: null });
    expect(ClusterSettingsInput.safeParse(input).success).toBe(true);
  });

  it('take the secret away with the sign-in', () => {
    const draft = draftOf(settings);
    expect(changesOf(settings, { ...draft, prometheus: { ...draft.prometheus, auth: 'none' } })).toEqual({
      context: 'prod',
      prometheus_auth: 'none',
      prometheus_username: null,
      prometheus_secret: null,
    });
  });

  it('take secrets that were typed', () => {
    const draft = draftOf(settings);
    const input = changesOf(settings, {
      ...draft,
      prometheus: { ...draft.prometheus, secret: 's3cret' },
      certificateAuthority: ' -----BEGIN CERTIFICATE-----\n',
      tenantValue: 'team-a',
    });
    expect(input).toMatchObject({
      prometheus_secret: 's3cret',
      certificate_authority: '-----BEGIN CERTIFICATE-----',
      tenant_value: 'team-a',
    });
  });

  it('become "as found" where a field is emptied', () => {
    const draft = { ...draftOf(settings), pue: ' ', zone: '', cpuPrice: '', currency: '' };
    expect(changesOf(settings, draft)).toMatchObject({
      pue: null,
      zone: null,
      price_cpu_core_hour: null,
      currency: null,
    });
    expect(problemsOf(draft)).toEqual({});
  });

  it('read a decimal comma and write codes in capitals', () => {
    const draft = { ...draftOf(settings), pue: '1,35', zone: 'us-cal-ciso', currency: 'usd' };
    expect(changesOf(settings, draft)).toMatchObject({ pue: 1.35, zone: 'US-CAL-CISO', currency: 'USD' });
  });

  it.each([
    ['pue', { pue: '0.9' }],
    ['pue', { pue: 'good' }],
    ['cpuPrice', { cpuPrice: '-1' }],
    ['memoryPrice', { memoryPrice: 'free' }],
    ['currency', { currency: 'euros' }],
  ])('name what is wrong with %s', (field, change) => {
    expect(Object.keys(problemsOf({ ...draftOf(settings), ...change }))).toEqual([field]);
  });
});

describe('address of a Prometheus', () => {
  it.each(['', 'http://127.0.0.1:9090', 'https://prometheus.example.com/path', '  https://x.example '])(
    'takes %j',
    (url) => {
      expect(urlProblem(url)).toBeNull();
    },
  );

  it.each(['prometheus', 'ftp://x', 'https://user:pass@x.example', 'http://'])('refuses %j in words', (url) => {
    expect(urlProblem(url)).toMatch(/[.a-z]$/);
  });

  it('removes the secret with the sign-in', () => {
    const draft = { url: ' https://x.example ', auth: 'none' as const, username: 'reader', secret: 'left over' };
    expect(prometheusInput(draft)).toEqual({
      prometheus_url: 'https://x.example',
      prometheus_auth: 'none',
      prometheus_username: null,
      prometheus_secret: null,
    });
    expect(prometheusInput({ ...draft, auth: 'bearer' })).toMatchObject({
      prometheus_secret: 'left over',
      prometheus_username: null,
    });
  });
});
