import { configure, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import type { BudgetItem, BudgetStanding, CostLine } from '../../../../src/contract/schemas/budgets.ts';
import type { ClusterItem } from '../../../../src/contract/schemas/contexts.ts';
import { BudgetFields } from '../../../../src/renderer/features/costs/BudgetFields.tsx';
import { BudgetRow } from '../../../../src/renderer/features/costs/BudgetRow.tsx';
import { type BudgetDraft, draftOf } from '../../../../src/renderer/features/costs/budget-draft.ts';
import { CostTable } from '../../../../src/renderer/features/costs/CostTable.tsx';
import { clusters } from '../../../fakes/client/answers.ts';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { alert, budget, costsAnswers, seenAlert, teamLines } from '../../../fakes/client/costs-answers.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { sample } from '../figures/sample-client.ts';

// Whole pages take their time on a busy machine; what never comes still fails.
configure({ asyncUtilTimeout: 5000 });

const [eu, us] = clusters.clusters as [ClusterItem, ClusterItem];

function Form({ start, known }: { start: BudgetDraft; known: readonly ClusterItem[] }) {
  const [draft, setDraft] = useState(start);
  return (
    <>
      <BudgetFields draft={draft} problems={{}} clusters={known} onChange={setDraft} />
      <output>{JSON.stringify(draft)}</output>
    </>
  );
}

describe('the fields of a budget', () => {
  const show = (part: Partial<BudgetDraft> = {}, known: readonly ClusterItem[] = [eu, us]) => {
    render(<Form start={{ ...draftOf(null, eu.id, [eu.id, us.id]), ...part }} known={known} />);
    return () => JSON.parse(screen.getByRole('status').textContent ?? '') as BudgetDraft;
  };
  const options = async () => {
    await userEvent.click(screen.getByRole('combobox', { name: 'Cluster' }));
    const names = (await screen.findAllByRole('option')).map(({ textContent }) => textContent);
    await userEvent.keyboard('{Escape}');
    return names;
  };

  it('ask for a name only where the scope has one', async () => {
    show();
    expect(screen.getAllByRole('textbox').map((field) => field.getAttribute('placeholder') ?? 'other')).toHaveLength(2);
    for (const [radio, label, help] of [
      ['Namespace', 'Namespace', 'As in Kubernetes'],
      ['Team', 'Team', 'As in the label of its namespaces'],
      ['Cost center', 'Cost center', 'As in the label of its namespaces'],
    ] as const) {
      await userEvent.click(screen.getByRole('radio', { name: radio }));
      expect(screen.getByRole('textbox', { name: label })).toBeTruthy();
      expect(screen.getByText(help)).toBeTruthy();
    }
    await userEvent.click(screen.getByRole('radio', { name: 'Cluster' }));
    expect(screen.queryByText(/^As in/)).toBeNull();
  });

  it('offer all clusters where a team may be in each of them', async () => {
    show();
    expect(await options()).toEqual([eu.name, us.name]);
    await userEvent.click(screen.getByRole('radio', { name: 'Team' }));
    expect(await options()).toEqual(['All clusters', eu.name, us.name]);
  });

  it('name the unit of the limit: kilograms, or the money of the cluster', async () => {
    show({ cluster: us.id }, [eu, { ...us, currency: 'USD' }]);
    expect(screen.getByText('kg CO₂e')).toBeTruthy();
    await userEvent.click(screen.getByRole('radio', { name: 'Money' }));
    expect(screen.getByText('USD')).toBeTruthy();
    expect(screen.queryByText('kg CO₂e')).toBeNull();
  });

  it('are gone through with the keyboard: arrows change the scope, what was typed stays', async () => {
    const draft = show();
    await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'Shop');
    screen.getByRole('radio', { name: 'Cluster' }).focus();
    await userEvent.keyboard('{ArrowRight} ');
    expect(screen.getByRole('radio', { name: 'Namespace' }).getAttribute('aria-checked')).toBe('true');
    await waitFor(() => expect(draft()).toMatchObject({ name: 'Shop', scope: 'namespace', cluster: eu.id }));
  });

  it('without a cluster there is nothing to choose but all', async () => {
    show({}, []);
    expect(await options()).toEqual(['All clusters']);
  });
});

describe('a row of a budget', () => {
  const standing = budget.standing as BudgetStanding;
  const show = (part: Partial<BudgetItem>, cluster: string | null = 'prod') => {
    render(
      <ul>
        <BudgetRow
          budget={{ ...budget, ...part }}
          cluster={cluster}
          onEdit={() => undefined}
          onDelete={() => undefined}
        />
      </ul>,
    );
    return screen.getByRole('listitem').textContent ?? '';
  };

  it.each([
    [{ scope: 'cluster', key: null }, 'Cluster prod · carbon'],
    [{ scope: 'namespace', key: 'shop' }, 'Namespace shop in prod · carbon'],
    [{ scope: 'team', key: 'pay', unit: 'cost' }, 'Team pay, prod · money'],
    [{ scope: 'cost-center', key: 'CC-7' }, 'Cost center CC-7, prod · carbon'],
  ] as const)('%j', (part, words) => {
    expect(show(part)).toContain(words);
  });

  it('of all clusters says so', () => {
    expect(show({ scope: 'team', key: 'pay', cluster: null }, null)).toContain('Team pay, all clusters');
  });

  it.each([
    [{ used: 510, passed_on: '2026-03-08' }, 'Passed on 8 Mar'],
    [{ used: 510, passed_on: null }, 'Passed on an earlier day'],
    [{ used: 410, expected: 450, high: 470 }, 'Near its limit'],
    [{ expected: 450, high: 520 }, 'May be passed: the range reaches the limit'],
    [{ days_with_data: 0 }, 'No data in this month yet'],
    [{ days_gone: 31, expected: 120, high: 120, low: 120 }, 'Stayed within its limit'],
  ])('%j: %s', (part, words) => {
    expect(show({ standing: { ...standing, ...part } })).toContain(words);
  });

  it('its menu opens with the keyboard', async () => {
    show({});
    screen.getByRole('button', { name: 'More about Shop, carbon' }).focus();
    await userEvent.keyboard('{Enter}');
    expect((await screen.findAllByRole('menuitem')).map(({ textContent }) => textContent)).toEqual([
      'Change…',
      'Delete…',
    ]);
  });
});

describe('the table of costs', () => {
  const line = teamLines.lines[0] as CostLine;
  const rows = (lines: readonly CostLine[], by: 'team' | 'namespace' = 'namespace') => {
    render(
      <CostTable
        data={{ ...teamLines, lines: [...lines] }}
        by={by}
        clusterName={(id) => id.toUpperCase()}
        showsCluster
      />,
    );
    return screen.getAllByRole('row').map((row) =>
      within(row)
        .queryAllByRole('cell')
        .map((cell) => cell.textContent),
    );
  };

  it('keeps the same namespace of two clusters apart', () => {
    const shop = { ...line, line: 'namespace', key: 'shop' } as const;
    const [, first, second, foot] = rows([
      { ...shop, cluster: 'a' },
      { ...shop, cluster: 'b' },
    ]);
    expect([first?.slice(0, 2), second?.slice(0, 2)]).toEqual([
      ['shop', 'A'],
      ['shop', 'B'],
    ]);
    expect(foot?.[0]).toBe('2 lines');
  });

  it('counts one line as one, and shows no cluster by team', () => {
    const [, first, foot] = rows([line], 'team');
    expect([first?.[0], first?.[1], foot?.[0]]).toEqual(['checkout', '€610', '1 line']);
  });

  it('has one unit of carbon for the whole column', () => {
    const [, first, second] = rows(
      [
        { ...line, co2e_grams: 2_000_000, embodied_co2e_grams: 0 },
        { ...line, key: 'small', co2e_grams: 1000, embodied_co2e_grams: 500 },
      ],
      'team',
    );
    expect(screen.getByRole('columnheader', { name: 't CO₂e' })).toBeTruthy();
    expect([first?.at(-1), second?.at(-1)]).toEqual(['2.00', '0.002']);
  });
});

describe('the page over all clusters', () => {
  const answers = (part: FakeOperations['budgets'] = {}): FakeOperations => ({
    ...sample,
    budgets: {
      list: async () => costsAnswers.budgets.list,
      alerts: async () => costsAnswers.budgets.alerts,
      ...part,
    },
    teams: { list: async () => costsAnswers.teams.list },
    costs: { namespaces: async () => costsAnswers.costs.namespaces },
  });

  it('goes from month to month without losing how it is grouped', async () => {
    const { calls, address } = renderApp('/costs?month=2026-03&by=cost-center&cluster=c1&tz=UTC', answers());
    await userEvent.click(await screen.findByRole('button', { name: 'Month before' }));
    await waitFor(() => expect(address()).toContain('month=2026-02'));
    expect(address()).toContain('by=cost-center');
    await waitFor(() =>
      expect(calls).toContainEqual({
        operation: 'teams.list',
        input: { month: '2026-02', cluster: 'c1', by: 'cost-center' },
      }),
    );
  });

  it('every kind of alert has words of its own', async () => {
    const kinds = ['50', '80', '100', 'forecast'] as const;
    const alerts = kinds.map((kind) => ({ ...alert, id: kind, kind }));
    renderApp(
      '/costs?month=2026-03&cluster=c1&tz=UTC',
      answers({ alerts: async () => ({ alerts: [...alerts, seenAlert], unseen: 4 }) }),
    );
    const part = within(await screen.findByRole('region', { name: 'Alerts' }));
    const items = await part.findAllByRole('listitem');
    const words = items.map(({ textContent }) => textContent?.match(/money (.*), March/)?.[1]);
    expect(words).toEqual([
      'has used half of its limit',
      'has used 80 % of its limit',
      'has passed its limit',
      'is expected to pass its limit',
      'has used half of its limit',
    ]);
    const dots = items.map((item) => item.querySelector('[data-status]')?.getAttribute('data-status'));
    expect(dots).toEqual(['attention', 'attention', 'broken', 'attention', 'off']);
    expect(part.getByText('4 not seen yet')).toBeTruthy();
  });
});
