import { describe, expect, it } from 'vitest';
import { flavourOf } from '../../../../src/collectors/prometheus/probe.ts';
import { createPrometheusUsage } from '../../../../src/collectors/prometheus/prometheus-usage.ts';
import { isFailure } from '../../../../src/model/failure.ts';
import { fakeTransport, matrix, NO_SIGNAL, series, vector } from './fake-client.ts';

const NOW = 1_773_100_800;
const options = {
  extraMatchers: null,
  tenantHeader: { name: 'X-Scope-OrgID', value: 'a' },
  clock: { nowSeconds: () => NOW },
};

describe('flavourOf', () => {
  it.each([
    [null, 'unknown'],
    [{ version: '3.1.0', application: null, goVersion: 'go1.24' }, 'prometheus'],
    [{ version: '0.37.2', application: null, goVersion: 'go1.23' }, 'thanos'],
    [{ version: '2.24.0', application: null, goVersion: null }, 'victoriametrics'],
    [{ version: '2.14', application: 'Grafana Mimir', goVersion: 'go1.23' }, 'mimir'],
    [{ version: '1.18', application: 'Cortex', goVersion: 'go1.23' }, 'cortex'],
  ])('%o is %s', (info, flavour) => {
    expect(flavourOf(info)).toBe(flavour);
  });
});

describe('probe', () => {
  it('asks small questions and says what is there', async () => {
    const transport = fakeTransport(({ path, parameters }) => {
      const query = String(parameters.query);
      if (path === '/api/v1/status/buildinfo') return { status: 404 };
      if (path === '/api/v1/query') return /kube_pod_info|container_name/.test(query) ? vector(3) : vector();
      if (query.includes('timestamp'))
        return matrix(...(query.includes('image') ? [series({ job: 'k' }, [NOW - 60, NOW - 60], [NOW, NOW])] : []));
      const start = Number(parameters.start);
      return matrix(series({}, [start + 1800, 5], [start + 5400, 5]));
    });
    const probe = await createPrometheusUsage({ transport, ...options }).probe(NO_SIGNAL);
    expect(probe).toEqual({
      version: null,
      flavour: 'unknown',
      scrapeIntervalSeconds: 60,
      oldestSampleSeconds: NOW - 92 * 86_400 + 1800 - 43_200 + 1800,
      hasCadvisor: true,
      hasNodeExporter: false,
      hasKubeStateMetrics: true,
      hasKepler: false,
      keplerVersion: null,
      hasGpuMetrics: false,
      hasVolumes: false,
    });
    expect(transport.requests.every((request) => request.headers?.['X-Scope-OrgID'] === 'a')).toBe(true);
  });

  it.each([
    [
      ['kepler_node_cpu_active_joules_total', 'kepler_node_package_joules_total'],
      { hasKepler: true, keplerVersion: 'current' },
    ],
    [['kepler_node_platform_joules_total'], { hasKepler: true, keplerVersion: 'legacy' }],
    [['DCGM_FI_DEV_GPU_UTIL'], { hasKepler: false, keplerVersion: null, hasGpuMetrics: true, hasVolumes: false }],
    [['kepler_node_gpu_watts'], { keplerVersion: null, hasGpuMetrics: true }],
    [['kube_persistentvolumeclaim_info'], { hasGpuMetrics: false, hasVolumes: true }],
  ])('tells by the names of %j', async (names, expected) => {
    const found = names.map((name) => ({ metric: { name }, value: [NOW, '2'] }));
    const transport = fakeTransport(({ path, parameters }) => {
      if (path === '/api/v1/query_range') return matrix();
      if (!String(parameters.query).startsWith('label_replace(count(')) return vector();
      return { text: JSON.stringify({ status: 'success', data: { resultType: 'vector', result: found } }) };
    });
    expect(await createPrometheusUsage({ transport, ...options }).probe(NO_SIGNAL)).toMatchObject(expected);
    const asked = transport.requests.filter(({ parameters }) => /kepler|DCGM/.test(String(parameters.query)));
    expect(asked).toHaveLength(1);
  });

  it('knows no interval and no oldest sample of an empty server', async () => {
    const transport = fakeTransport(({ path }) => (path === '/api/v1/query_range' ? matrix() : vector()));
    const probe = await createPrometheusUsage({ transport, ...options }).probe(NO_SIGNAL);
    expect(probe).toMatchObject({ hasCadvisor: false, scrapeIntervalSeconds: null, oldestSampleSeconds: null });
  });

  it('fails where no query API answers', async () => {
    const transport = fakeTransport(() => ({ status: 200, contentType: 'text/html', text: '<html></html>' }));
    const error = await createPrometheusUsage({ transport, ...options })
      .probe(NO_SIGNAL)
      .catch((caught: unknown) => caught);
    expect(isFailure(error) && error.code).toBe('bad-answer');
  });
});
