import { describe, expect, it } from 'vitest';
import {
  Cluster,
  ClusterChangeInput,
  ClusterListInput,
  RegisterInput,
} from '../../../../src/contract/schemas/kubernetes/clusters.ts';
import { ClusterPodsInput, HelmInput } from '../../../../src/contract/schemas/kubernetes/object-inputs.ts';
import { IdPageInput } from '../../../../src/contract/schemas/kubernetes/paging.ts';
import { CostsInput, MetricsSeriesInput } from '../../../../src/contract/schemas/kubernetes/series.ts';
import { kubeCluster } from '../../../fakes/router/kubernetes-answers.ts';
import { refusals, refusedFields } from '../refusals.ts';

describe('defaults of the Kubernetes interface', () => {
  it.each([
    [ClusterListInput, {}, { limit: 100, offset: 0 }],
    [IdPageInput, { id: 'c1' }, { id: 'c1', limit: 100, offset: 0 }],
    [HelmInput, {}, { limit: 100, offset: 0 }],
    [ClusterPodsInput, { id: 'c1' }, { id: 'c1', troubled: true, limit: 100 }],
    [CostsInput, { id: 'n1' }, { id: 'n1', period_type: 'hourly' }],
    [MetricsSeriesInput, { id: 'n1' }, { id: 'n1', resolution: '5m' }],
  ] as const)('%#', (schema, input, whole) => {
    expect(schema.parse(input)).toEqual(whole);
  });
});

describe('pages', () => {
  it.each([1, 100, 500])('a limit of %i is taken', (limit) => {
    expect(IdPageInput.parse({ id: 'c', limit }).limit).toBe(limit);
  });

  it.each([0, 501, 1.5, -1])('a limit of %d is refused, not cut', (limit) => {
    expect(refusals(IdPageInput, { id: 'c', limit })[0]).toBe('limit: limit takes a whole number from 1 to 500');
  });

  it('an offset goes up to 10,000', () => {
    expect(refusedFields(IdPageInput, { id: 'c', offset: 10_000 })).toEqual([]);
    expect(refusedFields(IdPageInput, { id: 'c', offset: 10_001 })).toEqual(['offset']);
  });
});

describe('a registration', () => {
  const whole = { name: ' shop ', kubeconfig: 'apiVersion: v1' };
  it('needs a name and a text, and consents to nothing by itself', () => {
    expect(RegisterInput.parse(whole)).toEqual({ name: 'shop', kubeconfig: 'apiVersion: v1', consent: false });
    expect(refusedFields(RegisterInput, { kubeconfig: 'x' })).toEqual(['name']);
    expect(refusedFields(RegisterInput, { name: '  ', kubeconfig: '' })).toEqual(['name', 'kubeconfig']);
  });

  it.each([
    [{ environment: 'moon' }, 'environment'],
    [{ consent: 'yes' }, 'consent'],
    [{ tags: Array.from({ length: 51 }, (_, index) => `t${index}`) }, 'tags'],
    [{ description: 'x'.repeat(2001) }, 'description'],
    [{ kubeconfig: 'x'.repeat(500_001) }, 'kubeconfig'],
  ])('refuses %j', (part, field) => {
    expect(refusedFields(RegisterInput, { ...whole, ...part })).toEqual([field]);
  });

  it('is refused without a word of its kubeconfig', () => {
    const words = refusals(RegisterInput, { name: 'x', kubeconfig: { token: 'hunter2' } });
    expect(words.join()).not.toContain('hunter2');
  });
});

it('a change takes null to clear, and only the two statuses', () => {
  expect(ClusterChangeInput.parse({ id: 'c', description: null, environment: null })).toEqual({
    id: 'c',
    description: null,
    environment: null,
  });
  expect(refusedFields(ClusterChangeInput, { id: 'c', status: 'deleted', name: null })).toEqual(['name', 'status']);
});

it('an answer drops what must not be in it', () => {
  const leaky = { ...kubeCluster, sealedKubeconfig: 'e1.x', kubeconfig: 'secret', kubeconfig_encrypted: 'e1.x' };
  expect(Cluster.parse(leaky)).toEqual(kubeCluster);
});
