import { fireEvent, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SavingsReport } from '../../../../src/contract/schemas/recommendations.ts';
import type { SavingsMetric } from '../../../../src/renderer/charts/savings-days.ts';
import { SavingsPanel } from '../../../../src/renderer/features/reports/SavingsPanel.tsx';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { savingsReport } from '../../../fakes/client/savings-answers.ts';
import { never, refusal } from '../recommendations/page.tsx';

type Day = SavingsReport['days'][number];
const day = (date: string, promised: number, measured: number | null): Day => ({
  date,
  promised_co2e_grams: promised,
  measured_co2e_grams: measured,
  promised_cost: promised / 500,
  measured_cost: measured === null ? null : measured / 500,
});
const report = (part: Partial<SavingsReport> = {}): SavingsReport => ({ ...savingsReport, ...part });

async function start(
  answer: SavingsReport | (() => Promise<never>),
  metric: SavingsMetric = 'carbon',
  path = '/?tz=UTC',
) {
  const chosen: SavingsMetric[] = [];
  const view = renderPart(
    <SavingsPanel metric={metric} onMetric={(next) => chosen.push(next)} />,
    { recommendations: { savings: typeof answer === 'function' ? answer : async () => answer } },
    path,
  );
  const panel = await screen.findByRole('region', { name: 'Savings, promised and measured' });
  return { ...view, panel, inside: within(panel), chosen };
}
const asTable = () => fireEvent.click(screen.getByRole('button', { name: 'Show as table' }));
const lines = (name: string) =>
  within(screen.getByRole('table', { name }))
    .getAllByRole('row')
    .slice(1)
    .map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent));

beforeEach(() => localStorage.clear());

describe('the days', () => {
  it('say in a sentence what was promised, measured, and of how many days', async () => {
    const { inside } = await start(
      report({ days: [day('2026-11-28', 500, 450), day('2026-11-29', 500, null), day('2026-12-01', 500, 500)] }),
    );
    expect(
      await inside.findByRole('img', {
        name: 'Carbon saved a day, 28 Nov to 1 Dec: promised 1,500 g, measured 950 g on 2 of 4 days',
      }),
    ).toBeTruthy();
  });

  it('have a table: a day between with nothing promised, and "not yet" where nothing was measured', async () => {
    const { inside } = await start(report());
    await inside.findByRole('img');
    asTable();
    expect(lines('Carbon saved a day')).toEqual([
      ['Sun 1 Nov', '1.00', '1.20'],
      ['Mon 2 Nov', '1.00', '0.90'],
      ['Tue 3 Nov', '0', 'not yet'],
      ['Wed 4 Nov', '2.00', 'not yet'],
    ]);
    const table = within(screen.getByRole('table', { name: 'Carbon saved a day' }));
    expect(table.getByRole('columnheader', { name: 'Promised, kg CO₂e' })).toBeTruthy();
  });

  it('are days of UTC, whatever zone is chosen', async () => {
    const { inside } = await start(report(), 'carbon', '/?tz=America/Los_Angeles');
    await inside.findByRole('img');
    asTable();
    expect(lines('Carbon saved a day')[0]?.[0]).toBe('Sun 1 Nov');
    expect(screen.getByText('1–4 Nov, 2 applied')).toBeTruthy();
  });

  it('come in order, however they were sent', async () => {
    const { inside } = await start(report({ days: [...savingsReport.days].reverse() }));
    await inside.findByRole('img');
    asTable();
    expect(lines('Carbon saved a day').map(([name]) => name)).toEqual([
      'Sun 1 Nov',
      'Mon 2 Nov',
      'Tue 3 Nov',
      'Wed 4 Nov',
    ]);
  });

  it('a day that was worse has its minus', async () => {
    const { inside } = await start(report({ days: [day('2026-11-01', 1000, -300), day('2026-11-02', 1000, 800)] }));
    expect(await inside.findByRole('img', { name: /measured 0\.50 kg on 2 of 2 days/ })).toBeTruthy();
    asTable();
    expect(lines('Carbon saved a day')[0]?.[2]).toBe('−0.30');
  });

  it('one alone is drawn too', async () => {
    const { inside } = await start(report({ days: [day('2026-11-01', 1000, 800)] }));
    expect(await inside.findByRole('img', { name: /1 Nov to 1 Nov.*on 1 of 1 days/ })).toBeTruthy();
  });
});

describe('cost', () => {
  it('is asked for by the switch', async () => {
    const { inside, chosen } = await start(report());
    await inside.findByRole('img');
    fireEvent.click(inside.getByRole('radio', { name: 'Cost' }));
    expect(chosen).toEqual(['cost']);
  });

  it('is in the currency of the clusters', async () => {
    const { inside } = await start(report({ currency: 'USD' }), 'cost');
    expect(
      await inside.findByRole('img', { name: /^Cost saved a day.*promised \$8\.00, measured \$5\.00/ }),
    ).toBeTruthy();
    expect(lines('Savings by type')[0]?.slice(4)).toEqual(['$8.00', '$5.00']);
  });

  it('of clusters with different currencies is not drawn and not added up', async () => {
    const { inside, panel } = await start(report({ currency: 'XXX' }), 'cost');
    expect(await inside.findByText('Clusters count in different currencies')).toBeTruthy();
    expect(inside.queryByRole('img')).toBeNull();
    asTable();
    expect(inside.queryByRole('table', { name: 'Cost saved a day' })).toBeNull();
    expect(lines('Savings by type')[0]?.slice(4)).toEqual(['mixed', 'mixed']);
    expect(panel.textContent).not.toContain('¤');
  });

  it('the carbon of those is the same as ever', async () => {
    const { inside } = await start(report({ currency: 'XXX' }));
    expect(await inside.findByRole('img', { name: /promised 4\.00 kg/ })).toBeTruthy();
  });
});

describe('by type', () => {
  it('has its sum at the foot, in one unit', async () => {
    const { inside } = await start(
      report({
        promised_co2e_grams: 5_200_000,
        measured_co2e_grams: 4_100_000,
        count: 3,
        by_type: [
          { ...(savingsReport.by_type[0] as SavingsReport['by_type'][number]), promised_co2e_grams: 5_000_000 },
          {
            type: 'IDLE_NAMESPACE',
            count: 1,
            promised_co2e_grams: 200_000,
            measured_co2e_grams: -1000,
            promised_cost: 40,
            measured_cost: -2,
          },
        ],
      }),
    );
    await inside.findByRole('img');
    expect(lines('Savings by type').map((cells) => cells.slice(0, 4))).toEqual([
      ['CPU request too large', '2', '5.00', '0.002'],
      ['Idle namespace', '1', '0.20', '−0.001'],
      ['All', '3', '5.20', '4.10'],
    ]);
  });

  it('has no 0 where nothing was measured yet', async () => {
    const waiting = report({
      measured_co2e_grams: 0,
      measured_cost: 0,
      by_type: savingsReport.by_type.map((line) => ({ ...line, measured_co2e_grams: 0, measured_cost: 0 })),
      days: [day('2026-11-01', 1000, null), day('2026-11-02', 1000, null)],
    });
    const { inside } = await start(waiting);
    await inside.findByRole('img');
    for (const cells of lines('Savings by type')) {
      expect(cells[3]).toBe('not yet');
      expect(cells[5]).toBe('not yet');
    }
    expect(inside.getByText(/^2 of 2 days are not measured yet/)).toBeTruthy();
  });

  it('has a 0 where that was measured', async () => {
    const none = report({
      measured_co2e_grams: 0,
      measured_cost: 0,
      by_type: savingsReport.by_type.map((line) => ({ ...line, measured_co2e_grams: 0, measured_cost: 0 })),
      days: [day('2026-11-01', 1000, 0)],
    });
    const { inside } = await start(none);
    await inside.findByRole('img');
    expect(lines('Savings by type')[0]?.slice(3)).toEqual(['0', '€8.00', '€0.00']);
    expect(inside.queryByText(/not measured yet and left out/)).toBeNull();
  });
});

describe('its states', () => {
  it('loading', async () => {
    const { panel } = await start(never);
    expect(panel.getAttribute('aria-busy')).toBe('true');
    expect(panel.textContent).not.toMatch(/applied$/);
  });

  it('nothing applied in the range: says from when on it counts', async () => {
    const { inside } = await start(report({ days: [], by_type: [], count: 0 }));
    expect(await inside.findByText('No savings in this range')).toBeTruthy();
    expect(inside.queryByText(/0 applied/)).toBeNull();
    expect(inside.queryByRole('table')).toBeNull();
  });

  it('failed: why', async () => {
    const { inside } = await start(refusal('The store refused', 'store', 'See its log.'));
    expect((await inside.findByRole('alert')).textContent).toContain('The store refusedSee its log.');
    expect(inside.queryByRole('table')).toBeNull();
  });

  it('one day that waits is one day', async () => {
    const { inside } = await start(report({ days: [day('2026-11-01', 1, 1), day('2026-11-02', 1, null)] }));
    expect(await inside.findByText(/^1 day is not measured yet/)).toBeTruthy();
  });
});
