import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { changeOf } from '../../../../../src/core/recommendations/change/change.ts';
import type { WorkloadChange } from '../../../../../src/core/recommendations/change/workload-change.ts';
import { container, GIB, type MadeWorkload, MIB, specOf } from '../made-cluster.ts';

function change(workload: MadeWorkload, rest: Partial<WorkloadChange>): WorkloadChange {
  return { spec: specOf(workload), edits: [], deeds: [], ...rest };
}

/** The argument of `-p`. */
function patchOf(kubectl: string): unknown {
  const found = / -p '(.*)'/.exec(kubectl);
  return JSON.parse(found?.[1] ?? 'null');
}

const QUERY_API: MadeWorkload = {
  namespace: 'search',
  name: 'query-api',
  containers: [
    container('query-api', {
      cpuRequestMillicores: 1500,
      memoryRequestBytes: 2 * GIB,
      memoryLimitBytes: 4 * GIB,
    }),
    container('proxy', { cpuRequestMillicores: 100, isSidecar: true }),
  ],
};

describe('smaller requests', () => {
  const made = changeOf(
    [
      change(QUERY_API, {
        edits: [
          { container: 'query-api', cpuRequestMillicores: 600 },
          { container: 'proxy', cpuRequestMillicores: 40 },
        ],
      }),
    ],
    ['The pods are replaced.', 'The pods are replaced.'],
  );

  it('are a strategic-merge patch of the template, containers by name', () => {
    expect(parse(made?.patchYaml ?? '')).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'query-api', namespace: 'search' },
      spec: {
        template: {
          spec: {
            containers: [{ name: 'query-api', resources: { requests: { cpu: '600m' } } }],
            initContainers: [{ name: 'proxy', resources: { requests: { cpu: '40m' } } }],
          },
        },
      },
    });
  });

  it('are the same in one command', () => {
    const { spec } = parse(made?.patchYaml ?? '') as { spec: unknown };
    expect(made?.kubectl).toMatch(/^kubectl patch deployment query-api -n search --type=strategic -p '/);
    expect(patchOf(made?.kubectl ?? '')).toEqual({ spec });
  });

  it('are shown as the lines that change among those that stay', () => {
    expect(made?.diff.map(({ sign, text }) => `${sign}${text}`)).toEqual([
      ' - name: query-api',
      '   resources:',
      '     requests:',
      '-      cpu: 1500m',
      '+      cpu: 600m',
      '       memory: 2Gi',
      '     limits:',
      '       memory: 4Gi',
      ' - name: proxy',
      '   resources:',
      '     requests:',
      '-      cpu: 100m',
      '+      cpu: 40m',
    ]);
  });

  it('say each caution once, and have no values without a release', () => {
    expect(made?.cautions).toEqual(['The pods are replaced.']);
    expect(made?.helmValuesYaml).toBeNull();
  });
});

describe('a request that was not there', () => {
  it('is a line that is added', () => {
    const bare = { containers: [container('app')] };
    const made = changeOf([change(bare, { edits: [{ container: 'app', memoryRequestBytes: 64 * MIB }] })], []);
    expect(made?.diff.map(({ sign, text }) => `${sign}${text}`)).toContain('+      memory: 64Mi');
    expect(made?.diff.some(({ sign }) => sign === '-')).toBe(false);
  });
});

describe('limits', () => {
  it('change with requests in one patch', () => {
    const edits = [{ container: 'app', memoryRequestBytes: 512 * MIB, memoryLimitBytes: 512 * MIB }];
    const made = changeOf([change({ memoryLimit: GIB }, { edits })], []);
    expect(patchOf(made?.kubectl ?? '')).toEqual({
      spec: {
        template: {
          spec: {
            containers: [{ name: 'app', resources: { requests: { memory: '512Mi' }, limits: { memory: '512Mi' } } }],
          },
        },
      },
    });
  });
});

describe('kinds', () => {
  const edits = [{ container: 'app', cpuRequestMillicores: 50 }];

  it('a CronJob carries its pods two levels deeper', () => {
    const made = changeOf([change({ kind: 'CronJob' }, { edits })], []);
    expect(parse(made?.patchYaml ?? '')).toMatchObject({
      apiVersion: 'batch/v1',
      spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: 'app' }] } } } } },
    });
  });

  it('a pod is resized in place', () => {
    const made = changeOf([change({ kind: 'Pod', name: 'debug' }, { edits })], []);
    expect(parse(made?.patchYaml ?? '')).toMatchObject({ spec: { containers: [{ name: 'app' }] } });
    expect(made?.kubectl).toContain('--subresource=resize');
  });

  it.each(['Rollout', 'Job', 'Cluster', 'lower', 'X Y'])(
    '%s has no patch: its containers would be replaced',
    (kind) => {
      expect(changeOf([change({ kind }, { edits })], [])).toBeNull();
    },
  );
});

describe('switching off', () => {
  it('scales, suspends or deletes by kind', () => {
    const off = (kind: string) => changeOf([change({ kind }, { deeds: [{ kind: 'scaleToZero' }] })], []);
    expect(off('StatefulSet')?.kubectl).toBe('kubectl scale statefulset web -n shop --replicas=0');
    expect(parse(off('StatefulSet')?.patchYaml ?? '')).toMatchObject({ spec: { replicas: 0 } });
    expect(patchOf(off('CronJob')?.kubectl ?? '')).toEqual({ spec: { suspend: true } });
    expect(off('CronJob')?.diff).toEqual([
      { sign: '-', text: 'suspend: false' },
      { sign: '+', text: 'suspend: true' },
    ]);
    expect(off('Deployment')?.diff).toEqual([
      { sign: '-', text: 'replicas: 2' },
      { sign: '+', text: 'replicas: 0' },
    ]);
  });

  it('deletes a pod', () => {
    const made = changeOf([change({ kind: 'Pod', name: 'debug' }, { deeds: [{ kind: 'delete' }] })], []);
    expect(parse(made?.patchYaml ?? '')).toEqual({
      $patch: 'delete',
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'debug', namespace: 'shop' },
    });
    expect(made?.diff.every(({ sign }) => sign === '-')).toBe(true);
  });
});

describe('one merged change', () => {
  const made = changeOf(
    [
      change(
        { spec: { helmRelease: 'shop' } },
        {
          edits: [{ container: 'app', cpuRequestMillicores: 100, memoryRequestBytes: 256 * MIB }],
          deeds: [
            { kind: 'sleep', periods: [{ days: 'weekdays', fromHour: 20, toHour: 6 }], timeZone: 'Europe/Berlin' },
            { kind: 'autoscale', min: 1, max: 4, cpuShare: 0.7 },
          ],
        },
      ),
    ],
    [],
  );

  it('is one patch and one new object', () => {
    const [patch, autoscaler] = parseAllDocuments(made?.patchYaml ?? '').map((each) =>
      Array.isArray(each) ? null : each.toJS(),
    );
    expect(patch).toMatchObject({
      metadata: {
        name: 'web',
        annotations: { 'downscaler/downtime': 'Mon-Fri 00:00-06:00 Europe/Berlin,Mon-Fri 20:00-24:00 Europe/Berlin' },
      },
      spec: { template: { spec: { containers: [{ resources: { requests: { cpu: '100m', memory: '256Mi' } } }] } } },
    });
    expect(autoscaler).toMatchObject({
      kind: 'HorizontalPodAutoscaler',
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        minReplicas: 1,
        maxReplicas: 4,
      },
    });
  });

  it('is one command for the patch, and comments for what belongs to an hour', () => {
    const lines = made?.kubectl.split('\n') ?? [];
    expect(lines).toHaveLength(4);
    expect(patchOf(lines[0] ?? '')).toMatchObject({ metadata: { annotations: {} }, spec: { template: {} } });
    expect(lines[1]).toContain('kubectl autoscale deployment web -n shop --min=1 --max=4');
    expect(lines.slice(2).every((line) => line.startsWith('# '))).toBe(true);
  });

  it('has values for the chart that say which keys are a guess', () => {
    expect(made?.helmValuesYaml).toMatch(/^# A guess: .*autoscaling, resources/);
    expect(parse(made?.helmValuesYaml ?? '')).toEqual({
      autoscaling: { enabled: true, minReplicas: 1, maxReplicas: 4, targetCPUUtilizationPercentage: 70 },
      resources: { requests: { cpu: '100m', memory: '256Mi' } },
    });
    expect(made?.cautions.join()).toContain('Helm release shop owns it');
  });
});

describe('values of a chart', () => {
  const helm = { helmRelease: 'shop' };

  it('with several containers name each', () => {
    const made = changeOf(
      [change({ ...QUERY_API, spec: helm }, { edits: [{ container: 'proxy', cpuRequestMillicores: 50 }] })],
      [],
    );
    expect(parse(made?.helmValuesYaml ?? '')).toEqual({ proxy: { resources: { requests: { cpu: '50m' } } } });
  });

  it('say replicas and schedules', () => {
    const values = (workload: MadeWorkload, deeds: WorkloadChange['deeds']) =>
      parse(changeOf([change({ ...workload, spec: helm }, { deeds })], [])?.helmValuesYaml ?? '') as unknown;
    expect(values({}, [{ kind: 'scaleToZero' }])).toEqual({ replicaCount: 0 });
    expect(values({ kind: 'CronJob' }, [{ kind: 'scaleToZero' }])).toEqual({ suspend: true });
    expect(values({ kind: 'CronJob' }, [{ kind: 'reschedule', schedule: '0 11 * * *' }])).toEqual({
      schedule: '0 11 * * *',
    });
  });

  it('are none where they could not say it', () => {
    const deeds: WorkloadChange['deeds'] = [{ kind: 'delete' }];
    expect(changeOf([change({ kind: 'Pod', spec: helm }, { deeds })], [])?.helmValuesYaml).toBeNull();
  });
});

describe('nothing to write down', () => {
  it('is null', () => {
    expect(changeOf([change({}, {})], [])).toBeNull();
    expect(changeOf([change({}, { edits: [{ container: 'app', cpuRequestMillicores: 500 }] })], [])).toBeNull();
    expect(changeOf([change({}, { edits: [{ container: 'other', cpuRequestMillicores: 5 }] })], [])).toBeNull();
    expect(changeOf([], [])).toBeNull();
  });
});

describe('hostile names', () => {
  const HOSTILE = [
    "x'; rm -rf / #",
    'x$(id)',
    'x`id`',
    'x\nkind: ClusterRole',
    'x\r\n- evil',
    '--all',
    '-n',
    '../../x',
    'x y',
    '',
    'x"',
    'x: y',
    '{x}',
    'x\u2028y',
    'a'.repeat(254),
    'é',
    'x\u0000',
  ];
  const edits = [{ container: 'app', cpuRequestMillicores: 50 }];
  const deeds: WorkloadChange['deeds'] = [
    { kind: 'sleep', periods: [{ days: 'weekend', fromHour: 0, toHour: 24 }], timeZone: 'UTC' },
  ];

  it.each(HOSTILE)('%j as a workload, namespace or container: nothing is written', (name) => {
    expect(changeOf([change({ name }, { edits, deeds })], [])).toBeNull();
    expect(changeOf([change({ namespace: name }, { edits, deeds })], [])).toBeNull();
    const containers = [container(name, { cpuRequestMillicores: 500 })];
    expect(
      changeOf([change({ containers }, { edits: [{ container: name, cpuRequestMillicores: 5 }] })], []),
    ).toBeNull();
  });

  it('one among many spoils the change of all', () => {
    const good = change({}, { edits });
    expect(changeOf([good, change({ name: "x'y" }, { edits })], [])).toBeNull();
  });

  it('a hostile time zone or schedule stays one line of text', () => {
    const evil = "UTC'\nkubectl delete ns x; '";
    const made = changeOf([change({ kind: 'CronJob' }, { deeds: [{ kind: 'reschedule', schedule: evil }] })], []);
    expect(parse(made?.patchYaml ?? '')).toMatchObject({ spec: { schedule: evil } });
    expect(made?.kubectl.split('\n')).toHaveLength(1);
    expect(made?.kubectl).toContain(`UTC'\\''\\nkubectl delete`);
  });

  it('a hostile apiVersion stays text', () => {
    const made = changeOf([change({ spec: { apiVersion: 'apps/v1\nevil: true' } }, { edits })], []);
    expect(parse(made?.patchYaml ?? '')).not.toHaveProperty('evil');
  });
});
