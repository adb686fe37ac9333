import { ORPCError } from '@orpc/client';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { detailOf, listOf, openItems } from '../../../fakes/client/savings-answers.ts';
import { sample } from '../figures/sample-client.ts';

const nodesItem = openItems[1];
const AT = '/recommendations?cluster=c1&tz=UTC';
const refuse = () =>
  Promise.reject(
    new ORPCError('X', { message: 'The store refused', data: { failure: 'store', hint: 'See its log.' } }),
  );
const rec = (part: NonNullable<FakeOperations['recommendations']>): FakeOperations => ({
  ...sample,
  recommendations: part,
});
const table = async (tab = 'Open') => within(await screen.findByRole('table', { name: `${tab} recommendations` }));
const titles = async (tab = 'Open') =>
  (await table(tab))
    .getAllByRole('row')
    .map((row) => row.getAttribute('aria-label'))
    .filter((label) => label !== null);
const rowOf = async (title: string, tab = 'Open') => (await table(tab)).getByRole('row', { name: title });
const detail = (name: string) => screen.findByRole('region', { name });

beforeEach(() => localStorage.clear());

describe('the list', () => {
  it('has ranges in one unit, low end first, and the joint total', async () => {
    renderApp(AT, sample);
    expect(await titles()).toEqual([
      'Run at 11:00, not at 01:00',
      'Drain and remove 1 node',
      'Lower CPU request 1.50 → 0.60',
      'Lower memory request 8 → 7 GiB',
    ]);
    const row = await rowOf('Lower CPU request 1.50 → 0.60');
    const cells = within(row)
      .getAllByRole('cell')
      .map((cell) => cell.textContent);
    expect(cells.slice(1)).toEqual(['Lower CPU request 1.50 → 0.60', 'query-apisearch', '0–31', '0–420', 'High']);
    expect((await table()).getByRole('columnheader', { name: 'kg a year' })).toBeTruthy();
    const foot = (await table()).getAllByRole('row').at(-1)?.textContent;
    expect(foot).toContain('4 open');
    expect(foot).toContain('1 node can go');
    expect(foot).toContain('overlaps counted once');
    expect(foot).toContain('34–90');
    expect(foot).toContain('210–620');
    expect(screen.getByText(/Ranges start at 0 where a saving needs a node to go away first/)).toBeTruthy();
  });

  it('is written for a day or month as well', async () => {
    const { address } = renderApp(AT, sample);
    await userEvent.click(await screen.findByRole('radio', { name: 'Day' }));
    expect(await screen.findByRole('columnheader', { name: 'g a day' })).toBeTruthy();
    expect((await rowOf('Run at 11:00, not at 01:00')).textContent).toContain('38–104');
    expect(address()).toContain('per=day');
  });

  it('sorts by money, and the other way round', async () => {
    const { address } = renderApp(AT, sample);
    await userEvent.click(await screen.findByRole('button', { name: '€ a year' }));
    expect((await titles())[0]).toBe('Drain and remove 1 node');
    await userEvent.click(screen.getByRole('button', { name: '€ a year' }));
    expect((await titles())[0]).toBe('Run at 11:00, not at 01:00');
    expect(address()).toContain('sort=money&order=asc');
  });

  it('is narrowed by words, type and priority, all in the address', async () => {
    const { address, calls } = renderApp(AT, sample);
    await userEvent.type(await screen.findByRole('searchbox', { name: 'Find a recommendation' }), 'memory');
    await waitFor(async () => expect(await titles()).toEqual(['Lower memory request 8 → 7 GiB']));
    expect(address()).toContain('q=memory');
    // The joint total of a search is known to nobody.
    expect((await table()).getAllByRole('row').at(-1)?.textContent).not.toContain('34–90');
    await userEvent.click(screen.getByRole('button', { name: 'Clear' }));
    await waitFor(async () => expect(await titles()).toHaveLength(4));
    await userEvent.click(screen.getByRole('combobox', { name: 'Namespace' }));
    await userEvent.click(await screen.findByRole('option', { name: 'data-pipeline' }));
    await waitFor(async () => expect(await titles()).toEqual(['Run at 11:00, not at 01:00']));
    expect(calls).toContainEqual({
      operation: 'recommendations.active',
      input: { cluster: 'c1', limit: 1, namespace: 'data-pipeline' },
    });
  });

  it('is grouped by plan, with the parts of one plan together', async () => {
    renderApp(`${AT}&group=plan`, sample);
    const heads = (await table()).getAllByRole('rowheader').map((head) => head.textContent);
    expect(heads).toEqual(['data-pipeline / spark-nightly-rollup1', 'prod-eu-west-11', 'search / query-api2']);
    expect(screen.getByText(/rows add up to more/)).toBeTruthy();
  });

  it('names the cluster of each where all are listed, and mixes no currencies', async () => {
    renderApp('/recommendations?tz=UTC', rec({ active: async () => listOf(openItems, { currency: 'XXX' }) }));
    expect((await table()).getAllByRole('row').at(-1)?.textContent).toContain('mixed');
    expect((await table()).getByRole('columnheader', { name: 'cost a year' })).toBeTruthy();
  });
});

describe('tabs', () => {
  it('count what is in each; ignored until a day is snoozed, for ever dismissed', async () => {
    const { address } = renderApp(AT, sample);
    await table();
    const counts = ['Open 4', 'Applied 1', 'Verified 2', 'Snoozed 1', 'Dismissed 1'];
    for (const name of counts) expect(await screen.findByRole('radio', { name })).toBeTruthy();
    await userEvent.click(screen.getByRole('radio', { name: /^Snoozed/ }));
    expect(await titles('Snoozed')).toEqual(['Delete: no traffic for 31 days']);
    expect((await rowOf('Delete: no traffic for 31 days', 'Snoozed')).textContent).toContain('19 Dec');
    expect(address()).toContain('tab=snoozed');
    await userEvent.click(screen.getByRole('radio', { name: /^Dismissed/ }));
    expect((await rowOf('Sleep on nights and weekends', 'Dismissed')).textContent).toContain('Needed as it is');
    await userEvent.click(screen.getByRole('radio', { name: /^Applied/ }));
    expect((await rowOf('Lower CPU request 2.0 → 0.8', 'Applied')).textContent).toContain('17 Nov, seen');
  });

  it('say what was found beside what was promised', async () => {
    renderApp(`${AT}&tab=verified`, sample);
    expect((await rowOf('Lower CPU request 2.0 → 0.7', 'Verified')).textContent).toContain('−6.1in range');
    expect((await rowOf('Let it scale down at night', 'Verified')).textContent).toContain('+1.2less than promised');
  });

  it('keep the last results in sight while others are open', async () => {
    renderApp(AT, sample);
    const lately = within(await screen.findByRole('table', { name: 'Verified lately' }));
    const row = lately.getByRole('row', { name: 'Lower CPU request 2.0 → 0.7' });
    expect(
      within(row)
        .getAllByRole('cell')
        .map((cell) => cell.textContent),
    ).toEqual(['Lower CPU request 2.0 → 0.7', 'fraud-scorer', '4.0–9.0', '−6.1', 'in range']);
    expect(screen.getByTitle(/Measured before and after/).textContent).toBe('Verified so far: −4.9 kg, −€201 a year');
  });
});

describe('deciding', () => {
  it('snoozes what is chosen, goes on to the next, and can be undone', async () => {
    const { calls, address } = renderApp(`${AT}&id=r-nodes`, sample);
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 19, 14), toFake: ['Date'] });
    const panel = within(await detail('Drain and remove 1 node'));
    await userEvent.click(panel.getByRole('button', { name: /^Snooze/ }));
    await userEvent.click(await screen.findByRole('menuitem', { name: /7 days/ }));
    await waitFor(() =>
      expect(calls).toContainEqual({
        operation: 'recommendations.ignoreMany',
        input: { ids: ['r-nodes'], reason: '', until: '2026-11-26T14:00:00.000Z' },
      }),
    );
    vi.useRealTimers();
    await waitFor(() => expect(address()).toContain('id=r-cpu'));
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() =>
      expect(calls).toContainEqual({ operation: 'recommendations.unignore', input: { id: 'r-nodes' } }),
    );
    expect(await screen.findByText('Open again: “Drain and remove 1 node”')).toBeTruthy();
  });

  it('dismisses several at once, with one reason', async () => {
    const { calls } = renderApp(AT, sample);
    for (const name of ['Run at 11:00, not at 01:00', 'Lower CPU request 1.50 → 0.60'])
      await userEvent.click(await screen.findByRole('checkbox', { name: `Select ${name}` }));
    expect(screen.getByText('2 selected')).toBeTruthy();
    const [bulk] = screen.getAllByRole('button', { name: 'Dismiss…' });
    await userEvent.click(bulk as HTMLElement);
    const dialog = within(await screen.findByRole('dialog', { name: 'Dismiss 2 recommendations' }));
    await userEvent.click(dialog.getByRole('button', { name: 'Planned otherwise' }));
    await userEvent.click(dialog.getByRole('button', { name: 'Dismiss' }));
    await waitFor(() =>
      expect(calls).toContainEqual({
        operation: 'recommendations.ignoreMany',
        input: { ids: ['r-shift', 'r-cpu'], reason: 'Planned otherwise', until: null },
      }),
    );
    await waitFor(() => expect(screen.queryByText('2 selected')).toBeNull());
    expect(screen.getByText('Dismissed: 2 recommendations')).toBeTruthy();
  });

  it('marks as applied with what was set in truth', async () => {
    const { calls } = renderApp(`${AT}&id=r-cpu`, sample);
    const panel = within(await detail('Lower CPU request 1.50 → 0.60'));
    await userEvent.click(panel.getByRole('button', { name: 'Mark as applied' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Mark as applied' }));
    const field = dialog.getByRole('textbox', { name: 'CPU request, as set' });
    expect((field as HTMLInputElement).value).toBe('600m');
    await userEvent.clear(field);
    await userEvent.type(field, 'much');
    expect(dialog.getByText(/As Kubernetes writes it/)).toBeTruthy();
    expect(dialog.getByRole('button', { name: 'Mark as applied' }).hasAttribute('disabled')).toBe(true);
    await userEvent.clear(field);
    await userEvent.type(field, '0.7');
    await userEvent.click(dialog.getByRole('button', { name: 'Mark as applied' }));
    await waitFor(() =>
      expect(calls).toContainEqual({
        operation: 'recommendations.apply',
        input: { id: 'r-cpu', actual: { cpu_request: 700 } },
      }),
    );
  });

  it('opens an ignored one again', async () => {
    const { calls } = renderApp(`${AT}&tab=dismissed`, sample);
    const panel = within(await detail('Sleep on nights and weekends'));
    await userEvent.click(panel.getByRole('button', { name: 'Open again' }));
    await waitFor(() =>
      expect(calls).toContainEqual({ operation: 'recommendations.unignore', input: { id: 'r-dismissed' } }),
    );
  });

  it('says why a decision could not be kept, and keeps the list', async () => {
    renderApp(`${AT}&id=r-cpu`, rec({ ignoreMany: refuse }));
    const panel = within(await detail('Lower CPU request 1.50 → 0.60'));
    await userEvent.click(panel.getByRole('button', { name: /^Snooze/ }));
    await userEvent.click(await screen.findByRole('menuitem', { name: /90 days/ }));
    expect(await screen.findByText(/The store refused. See its log./)).toBeTruthy();
    expect(await titles()).toHaveLength(4);
  });

  it('goes by keys: J, K, D and S', async () => {
    const { address, calls } = renderApp(AT, sample);
    await table();
    await userEvent.keyboard('j');
    await waitFor(() => expect(address()).toContain('id=r-nodes'));
    await userEvent.keyboard('j');
    await waitFor(() => expect(address()).toContain('id=r-cpu'));
    await userEvent.keyboard('k');
    await waitFor(() => expect(address()).toContain('id=r-nodes'));
    await userEvent.keyboard('d');
    await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Cancel' }));
    await userEvent.keyboard('s');
    await waitFor(() => expect(calls.some(({ operation }) => operation === 'recommendations.ignoreMany')).toBe(true));
  });
});

describe('analysing', () => {
  it('is asked for, then what was found is read again', async () => {
    const { calls } = renderApp(AT, sample);
    await table();
    expect(screen.getByText(/from the last 7 days of use, analysed/)).toBeTruthy();
    const before = calls.length;
    await userEvent.click(screen.getByRole('button', { name: 'Analyse now' }));
    await waitFor(() =>
      expect(calls.slice(before)).toContainEqual({
        operation: 'recommendations.active',
        input: { cluster: 'c1', limit: 1, refresh: true },
      }),
    );
    await waitFor(() =>
      expect(calls.slice(before)).toContainEqual({
        operation: 'recommendations.active',
        input: { cluster: 'c1', limit: 1000, sort: 'co2e' },
      }),
    );
  });

  it('that fails leaves the list and says so', async () => {
    renderApp(AT, rec({ active: async (input) => (input?.refresh === true ? refuse() : listOf(openItems)) }));
    await table();
    await userEvent.click(screen.getByRole('button', { name: 'Analyse now' }));
    expect((await screen.findByRole('alert')).textContent).toContain('The list is the one of before.');
    expect(await titles()).toHaveLength(4);
  });
});

describe('states', () => {
  it('loading', async () => {
    renderApp(AT, rec({ active: () => new Promise<never>(() => undefined) }));
    expect((await screen.findByRole('region', { name: 'Open recommendations' })).getAttribute('aria-busy')).toBe(
      'true',
    );
  });

  it('never analysed is told apart from nothing left', async () => {
    const { unmount } = renderApp(AT, rec({ active: async () => listOf([], { analysed_at: null, savings: null }) }));
    expect(await screen.findByText('Not worked out yet')).toBeTruthy();
    unmount();
    renderApp(AT, rec({ active: async () => listOf([]) }));
    expect(await screen.findByText('Nothing left to cut')).toBeTruthy();
  });

  it('filters that leave nothing can be cleared', async () => {
    const { address } = renderApp(`${AT}&q=nothing+like+it&severity=high`, sample);
    expect(await screen.findByText('None of the 4 here match')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Clear the filters' }));
    expect(await titles()).toHaveLength(4);
    expect(address()).not.toContain('severity');
  });

  it('partial: says what kept the analysis from being whole', async () => {
    const notices = [{ code: 'no-layout', message: 'Nodes could not be listed.', hint: 'Allow list on nodes.' }];
    renderApp(AT, rec({ active: async () => listOf(openItems, { notices }) }));
    expect(await screen.findByText('Nodes could not be listed. Allow list on nodes.')).toBeTruthy();
    expect(await titles()).toHaveLength(4);
  });

  it('failed: says why, and tries again', async () => {
    let works = false;
    renderApp(AT, rec({ active: async () => (works ? listOf(openItems) : refuse()) }));
    expect((await screen.findAllByText('The store refused')).length).toBeGreaterThan(0);
    works = true;
    await userEvent.click(screen.getAllByRole('button', { name: 'Try again' })[0] as HTMLElement);
    expect(await titles()).toHaveLength(4);
  });
});

describe('an answer that can not be renewed', () => {
  it('stays, with its age', async () => {
    let works = true;
    renderApp(AT, rec({ active: async () => (works ? listOf(openItems) : refuse()) }));
    expect(await titles()).toHaveLength(4);
    works = false;
    // A decision asks for the list anew.
    await userEvent.click(await screen.findByRole('button', { name: /^Snooze/ }));
    await userEvent.click(await screen.findByRole('menuitem', { name: /7 days/ }));
    expect(await screen.findByText(/The store refused. Shown are the figures of now/)).toBeTruthy();
    expect(await titles()).toHaveLength(4);
  });
});

describe('the detail', () => {
  it('has evidence with its table, effect, condition, change and steps', async () => {
    renderApp(`${AT}&id=r-cpu`, sample);
    const panel = within(await detail('Lower CPU request 1.50 → 0.60'));
    const chart = await panel.findByRole('img', { name: /^CPU of one pod/ });
    expect(chart.getAttribute('aria-label')).toBe(
      'CPU of one pod, 12–18 Nov: mean 0.20 to 0.40 cores, highest 0.86 cores; Request 1.50, Propose 0.60, P95 0.40. 5 hours without data.',
    );
    expect(panel.getByText('163 of 168 hours have data; the others count for nothing.')).toBeTruthy();
    expect(panel.getByText('Frees now').parentElement?.textContent).toBe('Frees now5.40coresreserved, certain');
    expect(panel.getByText('Carbon a year').parentElement?.textContent).toBe(
      'Carbon a year0–31kg CO₂eif a node goes; manufacture 0–3.0 kg apart',
    );
    expect(panel.getByText('Cost a year').parentElement?.textContent).toBe('Cost a year€0–420if a node goes');
    expect(panel.getByText(/A smaller request alone saves no energy/)).toBeTruthy();
    expect(panel.getByText('removed:').parentElement?.textContent).toContain('cpu: 1500m');
    await userEvent.click(panel.getByRole('button', { name: 'Show as table' }));
    expect(within(panel.getByRole('region', { name: 'CPU of one pod, table' })).getAllByRole('row')).toHaveLength(169);
    const steps = within(panel.getByRole('list', { name: 'Steps' })).getAllByRole('listitem');
    expect(steps.map((step) => step.textContent)).toEqual([
      'Open, nowsince 11 Nov',
      'Applied, ahead',
      'Verifying, ahead7 days',
      'Verified, ahead',
    ]);
  });

  it('copies the form that is shown', async () => {
    const user = userEvent.setup();
    renderApp(`${AT}&id=r-cpu`, sample);
    const panel = within(await detail('Lower CPU request 1.50 → 0.60'));
    await user.click(await panel.findByRole('radio', { name: 'kubectl' }));
    await user.click(panel.getByRole('button', { name: 'Copy' }));
    expect(await navigator.clipboard.readText()).toContain('kubectl -n search set resources');
    await user.click(panel.getByRole('radio', { name: 'Helm' }));
    expect(panel.getByRole('region', { name: 'The change, Helm' }).textContent).toContain('cpu: 600m');
  });

  it('offers only forms that there are, and values where there is no change', async () => {
    renderApp(
      `${AT}&id=r-nodes`,
      rec({
        detail: async () =>
          detailOf(nodesItem, {
            change: { patch_yaml: '', kubectl: 'kubectl drain m7g-3', helm_values_yaml: null, diff: [], cautions: [] },
          }),
      }),
    );
    const panel = within(await detail('Drain and remove 1 node'));
    expect(await panel.findByRole('region', { name: 'The change, kubectl' })).toBeTruthy();
    expect(panel.queryByRole('radio', { name: 'YAML' })).toBeNull();
    expect(panel.queryByText(/smaller request/)).toBeNull();
  });

  it('shows what is proposed where nothing can be written down', async () => {
    renderApp(`${AT}&id=r-nodes`, rec({ detail: async () => detailOf(nodesItem, { change: null }) }));
    const panel = within(await detail('Drain and remove 1 node'));
    expect((await panel.findByText('Nodes to remove')).parentElement?.textContent).toContain('m7g-3');
  });

  it('tells promised from found once it is measured', async () => {
    renderApp(`${AT}&tab=verified&id=r-verified`, sample);
    const panel = within(await detail('Lower CPU request 2.0 → 0.7'));
    const rows = within(await panel.findByRole('table', { name: 'Promised and found' })).getAllByRole('row');
    expect(rows.map((row) => row.textContent)).toEqual([
      'Saved, in rangePromisedFound',
      'Carbon, kg a year4.0–9.05.2–7.0',
      'Cost, € a year0–420183–255',
    ]);
    expect(panel.getByText(/Load was 2 % higher/)).toBeTruthy();
    expect(panel.queryByRole('button', { name: 'Mark as applied' })).toBeNull();
  });

  it('leads to the others of its plan, closes, and comes back with the next choice', async () => {
    const { address } = renderApp(
      `${AT}&id=r-cpu`,
      rec({
        detail: async ({ id }) =>
          detailOf(
            openItems.find((item) => item.id === id) ?? openItems[0],
            id === 'r-cpu'
              ? { plan: [{ id: 'r-memory', type: 'RIGHTSIZING_MEMORY', title: 'Lower memory request 8 → 7 GiB' }] }
              : {},
          ),
      }),
    );
    const panel = within(await detail('Lower CPU request 1.50 → 0.60'));
    await userEvent.click(await panel.findByRole('button', { name: 'Lower memory request 8 → 7 GiB' }));
    await waitFor(() => expect(address()).toContain('id=r-memory'));
    await userEvent.click(
      within(await detail('Lower memory request 8 → 7 GiB')).getByRole('button', { name: 'Close' }),
    );
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Lower memory request 8 → 7 GiB' })).toBeNull());
    expect(address()).toContain('detail=0');
    await userEvent.click(await rowOf('Drain and remove 1 node'));
    expect(await detail('Drain and remove 1 node')).toBeTruthy();
    expect(address()).not.toContain('detail=0');
  });

  it('says what failed, with the title that the list knows', async () => {
    renderApp(`${AT}&id=r-cpu`, rec({ detail: refuse }));
    const panel = within(await detail('Lower CPU request 1.50 → 0.60'));
    expect((await panel.findByRole('alert')).textContent).toContain('The store refused');
  });
});

describe('the side bar', () => {
  it('counts the open ones', async () => {
    renderApp('/settings?cluster=c1', sample);
    const main = within(await screen.findByRole('navigation', { name: 'Main' }));
    const link = await main.findByRole('link', { name: /^Recommendations/ });
    await waitFor(() => expect(link.textContent).toBe('Recommendations4 open'));
  });
});
