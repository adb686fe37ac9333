import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { autoscalerManifest, percent } from '../../../../../src/core/recommendations/change/autoscaler-manifest.ts';
import { diffLines } from '../../../../../src/core/recommendations/change/diff.ts';
import { helmValues } from '../../../../../src/core/recommendations/change/helm-values.ts';
import { kubectlLines } from '../../../../../src/core/recommendations/change/kubectl.ts';
import { patchBody } from '../../../../../src/core/recommendations/change/patch.ts';
import type { WorkloadChange } from '../../../../../src/core/recommendations/change/workload-change.ts';
import type { Deed } from '../../../../../src/core/recommendations/draft.ts';
import { container, GIB, type MadeWorkload, specOf } from '../made-cluster.ts';

function change(workload: MadeWorkload, rest: Partial<WorkloadChange> = {}): WorkloadChange {
  return { spec: specOf(workload), edits: [], deeds: [], ...rest };
}

/** The words with which a shell would call kubectl, one list a call. */
function calls(lines: readonly string[]): string[][] {
  const script = `kubectl() { printf '%s\\0' "$@"; printf '\\1'; }\n${lines.join('\n')}\n`;
  const printed = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' });
  return printed
    .split('\u0001')
    .slice(0, -1)
    .map((call) => call.split('\0').slice(0, -1));
}

const NIGHT: Deed = {
  kind: 'sleep',
  periods: [{ days: 'weekdays', fromHour: 20, toHour: 6 }],
  timeZone: 'Europe/Berlin',
};
const WEEKEND: Deed = { kind: 'sleep', periods: [{ days: 'weekend', fromHour: 0, toHour: 24 }], timeZone: 'UTC' };
const AUTOSCALE: Deed = { kind: 'autoscale', min: 2, max: 8, cpuShare: 0.65 };

describe('commands in a shell', () => {
  it('pass the patch to kubectl as one word, the same as the manifest says', () => {
    const made = change({}, { edits: [{ container: 'app', cpuRequestMillicores: 250 }], deeds: [NIGHT] });
    const [call, ...others] = calls(kubectlLines(made));
    expect(others).toEqual([]);
    expect(call?.slice(0, 6)).toEqual(['patch', 'deployment', 'web', '-n', 'shop', '--type=strategic']);
    expect(call?.[6]).toBe('-p');
    expect(JSON.parse(call?.[7] ?? '')).toEqual(patchBody(made));
  });

  it('with what is hostile in a value stay one call', () => {
    const made = change(
      { kind: 'CronJob' },
      { deeds: [{ kind: 'reschedule', schedule: "0 1 * * *'; kubectl delete ns shop; echo '$(id)`id`" }] },
    );
    const found = calls(kubectlLines(made));
    expect(found).toHaveLength(1);
    expect(JSON.parse(found[0]?.at(-1) ?? '')).toEqual(patchBody(made));
  });

  it('do nothing at once of what belongs to an hour', () => {
    const lines = kubectlLines(change({ pods: 3 }, { deeds: [NIGHT] }));
    expect(calls(lines)).toHaveLength(1);
    expect(lines.slice(1)).toEqual([
      '# By hand, weekdays 20:00 Europe/Berlin: kubectl scale deployment web -n shop --replicas=0',
      '# and back, weekdays 06:00 Europe/Berlin: kubectl scale deployment web -n shop --replicas=3',
    ]);
  });

  it('of a whole weekend say its begin and end', () => {
    expect(kubectlLines(change({}, { deeds: [WEEKEND] })).slice(1)).toEqual([
      '# By hand, when the weekend begins: kubectl scale deployment web -n shop --replicas=0',
      '# when it ends: kubectl scale deployment web -n shop --replicas=2',
    ]);
  });

  it('scale, then patch what else there is', () => {
    const made = change(
      {},
      { edits: [{ container: 'app', cpuRequestMillicores: 100 }], deeds: [{ kind: 'scaleToZero' }] },
    );
    const found = calls(kubectlLines(made));
    expect(found.map(([verb]) => verb)).toEqual(['scale', 'patch']);
    expect(JSON.parse(found[1]?.at(-1) ?? '')).not.toHaveProperty('spec.replicas');
  });

  it('make an autoscaler', () => {
    expect(calls(kubectlLines(change({}, { deeds: [AUTOSCALE] })))).toEqual([
      ['autoscale', 'deployment', 'web', '-n', 'shop', '--min=2', '--max=8', '--cpu-percent=65'],
    ]);
  });

  it('are none where nothing changes', () => {
    expect(kubectlLines(change({}))).toEqual([]);
  });
});

describe('the autoscaler', () => {
  it('is of autoscaling/v2 and names what it scales', () => {
    const { spec } = change({ namespace: 'search', name: 'api' });
    expect(autoscalerManifest(spec, AUTOSCALE)).toEqual({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'api', namespace: 'search' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' },
        minReplicas: 2,
        maxReplicas: 8,
        metrics: [
          { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 65 } } },
        ],
      },
    });
    expect(percent({ ...AUTOSCALE, cpuShare: 0.7 })).toBe(70);
  });
});

describe('the diff', () => {
  const lines = (made: WorkloadChange) => diffLines(made).map(({ sign, text }) => `${sign} ${text}`);

  it('of a schedule', () => {
    const made = change(
      { kind: 'CronJob', spec: { schedule: '30 1 * * *' } },
      { deeds: [{ kind: 'reschedule', schedule: '30 11 * * *' }] },
    );
    expect(lines(made)).toEqual(['- schedule: 30 1 * * *', '+ schedule: 30 11 * * *']);
  });

  it('of a downtime and an autoscaler are lines that come', () => {
    const made = lines(change({}, { deeds: [WEEKEND, AUTOSCALE] }));
    expect(made[0]).toBe('+ downscaler/downtime: Sat-Sun 00:00-24:00 UTC');
    expect(made).toContain('+ kind: HorizontalPodAutoscaler');
    expect(made.every((line) => line.startsWith('+ '))).toBe(true);
  });

  it('of a limit keeps the lines beside it', () => {
    const containers = [
      container('app', { cpuRequestMillicores: 100, memoryRequestBytes: GIB, memoryLimitBytes: 2 * GIB }),
    ];
    const made = change({ containers }, { edits: [{ container: 'app', memoryLimitBytes: 3 * GIB }] });
    expect(lines(made)).toEqual([
      '  - name: app',
      '    resources:',
      '      requests:',
      '        cpu: 100m',
      '        memory: 1Gi',
      '      limits:',
      '-       memory: 2Gi',
      '+       memory: 3Gi',
    ]);
  });

  it('of a StatefulSet without replicas set adds them', () => {
    const made = change({ kind: 'StatefulSet', spec: { replicas: null } }, { deeds: [{ kind: 'scaleToZero' }] });
    expect(lines(made)).toEqual(['+ replicas: 0']);
  });
});

describe('values', () => {
  it('are YAML below one comment', () => {
    const made = change({ spec: { helmRelease: 'r' } }, { edits: [{ container: 'app', cpuLimitMillicores: 700 }] });
    const text = helmValues(made) ?? '';
    expect(text.split('\n')[0]).toMatch(/^# A guess: .*resources/);
    expect(parse(text)).toEqual({ resources: { limits: { cpu: '700m' } } });
  });

  it('are null without a release, and of what values can not say', () => {
    expect(helmValues(change({}, { deeds: [{ kind: 'scaleToZero' }] }))).toBeNull();
    expect(helmValues(change({ spec: { helmRelease: 'r' } }, { deeds: [NIGHT] }))).toBeNull();
  });
});
