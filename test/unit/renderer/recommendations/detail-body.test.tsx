import { fireEvent, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { DetailBody } from '../../../../src/renderer/features/recommendations/detail/DetailBody.tsx';
import type { Detail } from '../../../../src/renderer/features/recommendations/lifecycle.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import {
  applied,
  detailOf,
  kgYear,
  openItems,
  recommendation,
  regressed,
  verified,
} from '../../../fakes/client/savings-answers.ts';

const [, nodes, cpu] = openItems;
const GIBIBYTE = 2 ** 30;
type Savings = Detail['estimated_savings'];
const range = (low: number, high: number) => ({ low, expected: (low + high) / 2, high });
const saving = (part: Partial<Savings>): Detail =>
  detailOf({ ...cpu, estimated_savings: { ...cpu.estimated_savings, ...part } });

interface Options {
  readonly per?: 'day' | 'month' | 'year';
  readonly currency?: string;
}
/** The chart has tests of its own, and takes most of the time. */
const withoutChart = (detail: Detail): Detail => ({ ...detail, evidence: { ...detail.evidence, series: [] } });

async function start(detail: Detail, { per = 'year', currency = 'EUR' }: Options = {}) {
  const chosen: string[] = [];
  renderPart(
    <DetailBody detail={withoutChart(detail)} per={per} currency={currency} onChoose={(id) => chosen.push(id)} />,
    {},
    '/?tz=UTC',
  );
  await screen.findByRole('list', { name: 'Steps' });
  const figure = (name: string) => screen.getByText(name).parentElement?.textContent?.slice(name.length);
  return { chosen, figure };
}

beforeEach(() => localStorage.clear());

describe('what it frees now', () => {
  it.each([
    [5400, 0, '5.40coresreserved, certain'],
    [0, 3 * GIBIBYTE, '3.00GiBreserved, certain'],
    [250, 512 * 2 ** 20, '0.25cores, 512 MiBreserved, certain'],
    [0, 0, '0no reserved capacity'],
    [-100, 0, '0no reserved capacity'],
    [-100, GIBIBYTE, '1.00GiBreserved, certain'],
  ])('%i millicores and %i bytes', async (freed_cpu_millicores, freed_memory_bytes, words) => {
    const { figure } = await start(saving({ freed_cpu_millicores, freed_memory_bytes }));
    expect(figure('Frees now')).toBe(words);
  });
});

describe('what it saves', () => {
  it('under the condition that a node goes', async () => {
    const { figure } = await start(detailOf(cpu));
    expect(figure('Carbon a year')).toBe('0–31kg CO₂eif a node goes; manufacture 0–3.0 kg apart');
    expect(figure('Cost a year')).toBe('€0–420if a node goes');
    expect(screen.getByText(/It saves when, with the others, a node becomes empty/)).toBeTruthy();
  });

  it('for what stops, without a condition', async () => {
    const { figure } = await start(
      saving({
        needs_node_to_go: false,
        embodied_co2e_grams_per_day_range: range(0, 0),
        co2e_grams_per_day_range: range(kgYear(12), kgYear(20)),
      }),
    );
    expect(figure('Carbon a year')).toBe('12–20kg CO₂efor what stops');
    expect(screen.queryByText(/smaller request alone/)).toBeNull();
  });

  it('nothing, where nothing stops and no node can go', async () => {
    const { figure } = await start(
      saving({
        co2e_grams_per_day_range: range(0, 0),
        embodied_co2e_grams_per_day_range: range(0, 0),
        cost_per_day_range: range(0, 0),
      }),
    );
    expect(figure('Carbon a year')).toBe('0g CO₂enothing stops');
    expect(figure('Cost a year')).toBe('€0nothing stops');
    expect(screen.getByText(/no node can go with it now/)).toBeTruthy();
  });

  it('carbon and money stand each under their own condition', async () => {
    const { figure } = await start(saving({ cost_per_day_range: range(0, 0) }));
    expect(figure('Carbon a year')).toContain('if a node goes');
    expect(figure('Cost a year')).toBe('€0nothing stops');
  });

  it('may be more than before, which is written as a range with signs', async () => {
    const { figure } = await start(saving({ co2e_grams_per_day_range: range(kgYear(-2), kgYear(5)) }));
    expect(figure('Carbon a year')).toMatch(/^−2\.0 to 5\.0kg/);
  });

  it.each([
    ['day', '0–85g CO₂e', '$0–1.2'],
    ['month', '0–2.6kg CO₂e', '$0–35'],
  ] as const)('a %s, in the currency of the cluster', async (per, carbon, money) => {
    const { figure } = await start(detailOf(cpu), { per, currency: 'USD' });
    expect(figure(`Carbon a ${per}`)?.startsWith(carbon)).toBe(true);
    expect(figure(`Cost a ${per}`)?.startsWith(money)).toBe(true);
  });

  it('of nodes has no words about requests', async () => {
    await start(detailOf({ ...nodes, estimated_savings: { ...nodes.estimated_savings, needs_node_to_go: true } }));
    expect(screen.queryByText(/smaller request alone/)).toBeNull();
  });
});

describe('what it is about', () => {
  it.each([
    [{}, 'Deployment, search / query-api'],
    [{ scope: 'node', resource: 'm7g-3', namespace: null }, 'Node, m7g-3'],
    [{ scope: 'namespace', resource: 'staging', namespace: 'staging' }, 'Namespace, staging'],
    [{ scope: 'cluster', resource: 'prod', namespace: null }, 'Cluster, prod'],
    [{ scope: 'pod', resource: 'Pod/a-1', namespace: 'ci' }, 'Pod, ci / a-1'],
  ] as const)('%o', async (part, words) => {
    await start(detailOf(recommendation({ id: 'x', ...part })));
    expect(screen.getByText((_, element) => element?.tagName === 'SPAN' && element.textContent === words)).toBeTruthy();
  });

  it.each([
    ['critical', 'Critical priority'],
    ['high', 'High priority'],
    ['medium', null],
    ['low', null],
  ] as const)('%s', async (severity, words) => {
    await start(detailOf({ ...cpu, severity }));
    expect(screen.queryByText(/priority$/)?.textContent ?? null).toBe(words);
  });
});

describe('found against promised', () => {
  it('is left out before anything was applied', async () => {
    await start(detailOf(cpu));
    expect(screen.queryByRole('table', { name: 'Promised and found' })).toBeNull();
    expect(screen.queryByText(/Being measured/)).toBeNull();
  });

  it('is being measured: since when, and no figure', async () => {
    await start(detailOf(applied));
    expect(screen.getByText(/Being measured since 17 Nov 09:00 – 19 Nov 00:00\. 2 of 7 days are there\./)).toBeTruthy();
    expect(screen.queryByRole('table', { name: 'Promised and found' })).toBeNull();
  });

  it('undone while it was measured: not measured, and no 0', async () => {
    await start(detailOf({ ...regressed, verification: applied.verification }));
    expect(screen.getByText('Not measured: the change was undone before its week was over.')).toBeTruthy();
    expect(screen.queryByText(/Being measured/)).toBeNull();
    expect(screen.queryByRole('table', { name: 'Promised and found' })).toBeNull();
  });

  it('in one unit, with both weeks', async () => {
    await start(detailOf(verified), { per: 'month', currency: 'USD' });
    const rows = within(screen.getByRole('table', { name: 'Promised and found' })).getAllByRole('row');
    expect(rows.map((row) => row.textContent)).toEqual([
      'Saved, in rangePromisedFound',
      'Carbon, g a month333–750433–583',
      'Cost, $ a month0–3515–21',
    ]);
    expect(screen.getByText(/26 Oct – 1 Nov against 3–9 Nov\. Load was 2 % higher\./)).toBeTruthy();
  });

  it('that became worse has its signs', async () => {
    await start(detailOf(regressed));
    const rows = within(screen.getByRole('table', { name: 'Promised and found' })).getAllByRole('row');
    expect(rows[0]?.textContent).toContain('less than promised');
    expect(rows[1]?.textContent).toContain('−2.0 to 0');
  });
});

describe('the change', () => {
  const withChange = (part: Partial<NonNullable<Detail['change']>>): Detail => {
    const { change } = detailOf(cpu);
    return detailOf(cpu, { change: change === null ? null : { ...change, ...part } });
  };
  const formNames = () =>
    within(screen.getByRole('radiogroup', { name: 'Form of the change' }))
      .getAllByRole('radio')
      .map((radio) => radio.textContent);

  it('names each line that goes and comes, in order', async () => {
    await start(detailOf(cpu));
    const shown = screen.getByRole('region', { name: 'The change, YAML' });
    expect([...shown.children].map((line) => line.textContent)).toEqual([
      ' - name: query-api',
      '-removed:     cpu: 1500m',
      '+added:     cpu: 600m',
    ]);
    expect(screen.getByText('The pods restart one after another.')).toBeTruthy();
  });

  it('keeps lines that are the same apart', async () => {
    const line = { sign: '+' as const, text: '    cpu: 600m' };
    await start(withChange({ diff: [line, line, line] }));
    expect(screen.getAllByText('added:')).toHaveLength(3);
  });

  it('is the patch itself where no diff is known', async () => {
    await start(withChange({ diff: [] }));
    expect(screen.getByRole('region', { name: 'The change, YAML' }).textContent).toBe('spec:\n  template: {}\n');
  });

  it('changes its form, and has only those that there are', async () => {
    await start(withChange({ helm_values_yaml: null }));
    expect(formNames()).toEqual(['YAML', 'kubectl']);
    fireEvent.click(screen.getByRole('radio', { name: 'kubectl' }));
    expect(screen.getByRole('region', { name: 'The change, kubectl' }).textContent).toContain('kubectl -n search');
    expect(screen.queryByText('added:')).toBeNull();
  });

  it.each([
    ['YAML', 'spec:\n  template: {}\n'],
    ['kubectl', 'kubectl -n search set resources deployment/query-api --requests=cpu=600m'],
    ['Helm', 'resources:\n  requests:\n    cpu: 600m\n'],
  ])('copies the %s that is shown', async (name, text) => {
    const copied: string[] = [];
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: async (words: string) => void copied.push(words) },
    });
    await start(detailOf(cpu));
    fireEvent.click(screen.getByRole('radio', { name }));
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
    expect(await screen.findByText('Copied')).toBeTruthy();
    expect(copied).toEqual([text]);
  });

  it('says where the clipboard refuses', async () => {
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: () => Promise.reject(new Error('no')) },
    });
    await start(detailOf(cpu));
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
    expect(await screen.findByText('Clipboard refused')).toBeTruthy();
  });

  it('none: what is and what would do, without what is not known', async () => {
    const detail = detailOf(
      recommendation({
        id: 'x',
        current: { cpu_request: 1500, memory_request: null },
        recommended: { cpu_request: 600, memory_request: GIBIBYTE, cpu_limit: null },
      }),
      { change: null },
    );
    await start(detail);
    expect(screen.getByText('CPU request').parentElement?.textContent).toBe('CPU request1500m → 600m');
    expect(screen.getByText('Memory request').parentElement?.textContent).toBe('Memory request1Gi');
    expect(screen.queryByText('CPU limit')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Copy' })).toBeNull();
  });

  it('none and no values: nothing is shown of it', async () => {
    await start(detailOf(recommendation({ id: 'x', recommended: {} }), { change: null }));
    expect(document.querySelector('dl')).toBeNull();
  });

  it('empty in every form is as none', async () => {
    await start(withChange({ patch_yaml: '', kubectl: '', helm_values_yaml: '' }));
    expect(screen.queryByRole('radiogroup', { name: 'Form of the change' })).toBeNull();
    expect(screen.getByText('CPU request').parentElement?.textContent).toBe('CPU request1500m → 600m');
  });
});

describe('the plan', () => {
  it('leads to its others, and not to itself', async () => {
    const plan = [
      { id: 'r-cpu', type: 'RIGHTSIZING_CPU' as const, title: 'Itself' },
      { id: 'r-memory', type: 'RIGHTSIZING_MEMORY' as const, title: 'Lower memory' },
      { id: 'r-hpa', type: 'AUTOSCALING_CANDIDATE' as const, title: 'Let it scale' },
    ];
    const { chosen } = await start(detailOf(cpu, { plan }));
    expect(screen.queryByRole('button', { name: 'Itself' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Let it scale' }));
    expect(chosen).toEqual(['r-hpa']);
  });

  it('of one alone is not mentioned', async () => {
    await start(detailOf(cpu, { plan: [{ id: 'r-cpu', type: 'RIGHTSIZING_CPU', title: 'Itself' }] }));
    expect(screen.queryByText(/One plan with/)).toBeNull();
  });
});
