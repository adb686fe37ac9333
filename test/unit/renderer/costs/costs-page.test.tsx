import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { costsAnswers } from '../../../fakes/client/costs-answers.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { sample } from '../figures/sample-client.ts';

const AT = '/costs?month=2026-03&cluster=c1&tz=UTC';
const { budgets, teams, costs } = costsAnswers;
const answers: FakeOperations = {
  ...sample,
  budgets: {
    list: async () => budgets.list,
    create: async () => budgets.create,
    update: async () => budgets.update,
    delete: async () => undefined,
    alerts: async () => budgets.alerts,
    seen: async () => undefined,
  },
  teams: { list: async () => teams.list },
  costs: { namespaces: async () => costs.namespaces },
};
const with_ = (part: FakeOperations): FakeOperations => ({
  ...answers,
  budgets: { ...answers.budgets, ...part.budgets },
  teams: { ...answers.teams, ...part.teams },
});
const panel = async (name: string) => within(await screen.findByRole('region', { name }));
const failure = (): Error =>
  Object.assign(new Error('The store refuses'), { data: { failure: 'store', hint: 'Look at the log.' } });

describe('the page', () => {
  it('is reached from the side bar, and keeps month and grouping in the address', async () => {
    const { address, calls } = renderApp('/?cluster=c1&tz=UTC', answers);
    await userEvent.click(await screen.findByRole('link', { name: 'Costs & budgets' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Costs & budgets' })).toBeTruthy();
    await userEvent.click(await screen.findByRole('button', { name: 'Month before' }));
    await userEvent.click(screen.getByRole('radio', { name: 'Namespace' }));
    await waitFor(() => expect(address()).toMatch(/month=\d{4}-\d\d&by=namespace/));
    expect(calls.some(({ operation }) => operation === 'costs.namespaces')).toBe(true);
  });

  it('asks for the month of the address, and goes no further than this one', async () => {
    const { calls, address } = renderApp(AT, answers);
    await waitFor(() =>
      expect(calls).toContainEqual({ operation: 'budgets.list', input: { month: '2026-03', cluster: 'c1' } }),
    );
    expect(calls).toContainEqual({ operation: 'teams.list', input: { month: '2026-03', cluster: 'c1', by: 'team' } });
    await userEvent.click(await screen.findByRole('button', { name: 'Month before' }));
    await waitFor(() => expect(address()).toContain('month=2026-02'));
  });

  it('takes an address that makes no sense for this month', async () => {
    const { calls } = renderApp('/costs?month=2026-19&by=colour&cluster=c1', answers);
    await panel('Costs');
    const now = new Date().toISOString().slice(0, 7);
    expect(calls.find(({ operation }) => operation === 'teams.list')?.input).toMatchObject({ month: now, by: 'team' });
    expect(screen.getByRole('button', { name: 'Month after' })).toHaveProperty('disabled', true);
  });
});

describe('budgets', () => {
  it('say what is used, where it goes, and what that is taken from', async () => {
    renderApp(AT, answers);
    const shop = within(await screen.findByRole('listitem', { name: 'Shop, carbon' }));
    expect(shop.getByText('120 kg of 500 kg (24 %)')).toBeTruthy();
    expect(shop.getByText('Month’s end 430 kg, 390–470 kg')).toBeTruthy();
    expect(shop.getByText('Stays within its limit, as it goes on now')).toBeTruthy();
    expect(shop.getByText('From 37 days; 1 of 10 days of the month missing')).toBeTruthy();
    expect(shop.getByRole('img', { name: /Shop, carbon: 120 kg of 500 kg/ })).toBeTruthy();
    const team = within(screen.getByRole('listitem', { name: 'Checkout team, money' }));
    expect(team.getByText('€610 of €1,000 (61 %)')).toBeTruthy();
    expect(team.getByText('Will be passed on 24 Mar, as it goes on now')).toBeTruthy();
    expect(team.getByText('From 5 days, too few for an alert')).toBeTruthy();
    expect(team.getByText(/Team checkout, all clusters/)).toBeTruthy();
  });

  it('one is set, and what is missing is said at its field', async () => {
    const { calls } = renderApp(AT, answers);
    await userEvent.click(await screen.findByRole('button', { name: 'New budget…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'New budget' }));
    await userEvent.click(dialog.getByRole('button', { name: 'Set budget' }));
    expect(dialog.getByText('It needs a name')).toBeTruthy();
    expect(dialog.getByText('A number above 0')).toBeTruthy();
    await userEvent.type(dialog.getByRole('textbox', { name: 'Name' }), 'Pay, money');
    await userEvent.click(dialog.getByRole('radio', { name: 'Namespace' }));
    await userEvent.type(dialog.getByRole('textbox', { name: 'Namespace' }), 'pay');
    await userEvent.click(dialog.getByRole('radio', { name: 'Money' }));
    await userEvent.type(dialog.getByRole('textbox', { name: 'Limit a month' }), '1,200');
    await userEvent.click(dialog.getByRole('button', { name: 'Set budget' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(calls.find(({ operation }) => operation === 'budgets.create')?.input).toEqual({
      name: 'Pay, money',
      scope: 'namespace',
      cluster: 'c1',
      key: 'pay',
      unit: 'cost',
      limit: 1200,
    });
    expect(calls.filter(({ operation }) => operation === 'budgets.list').length).toBeGreaterThan(1);
  });

  it('one is changed; a refusal stays in the window', async () => {
    const { calls } = renderApp(
      AT,
      with_({
        budgets: {
          update: async () => {
            throw failure();
          },
        },
      }),
    );
    await userEvent.click(await screen.findByRole('button', { name: 'More about Shop, carbon' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Change…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Change Shop, carbon' }));
    const limit = dialog.getByRole('textbox', { name: 'Limit a month' });
    await userEvent.clear(limit);
    await userEvent.type(limit, '600');
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    expect(await dialog.findByText('The store refuses')).toBeTruthy();
    expect(calls.find(({ operation }) => operation === 'budgets.update')?.input).toMatchObject({
      id: 'b1',
      limit: 600,
    });
  });

  it('one is deleted only after it was asked', async () => {
    const { calls } = renderApp(AT, answers);
    const asks = async () => {
      await userEvent.click(await screen.findByRole('button', { name: 'More about Shop, carbon' }));
      await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete…' }));
      return within(await screen.findByRole('dialog', { name: 'Delete Shop, carbon?' }));
    };
    await userEvent.click((await asks()).getByRole('button', { name: 'Keep it' }));
    expect(calls.some(({ operation }) => operation === 'budgets.delete')).toBe(false);
    await userEvent.click((await asks()).getByRole('button', { name: 'Delete budget' }));
    await waitFor(() => expect(calls).toContainEqual({ operation: 'budgets.delete', input: { id: 'b1' } }));
  });
});

describe('costs', () => {
  it('by team, with the lines of nobody last and their sum at the foot', async () => {
    renderApp(AT, answers);
    const table = within(await screen.findByRole('table', { name: 'Costs' }));
    const rows = table.getAllByRole('row').map((row) => within(row).queryAllByRole('cell')[0]?.textContent);
    expect(rows).toEqual([undefined, 'checkout', 'platform', 'No team', 'Volumes', 'Unallocated', '5 lines']);
    const foot = table.getAllByRole('row').at(-1)?.textContent;
    expect(foot).toContain('€1,000');
    expect(foot).toContain('150');
  });

  it('say what of the month is missing', async () => {
    renderApp(AT, answers);
    const part = await panel('Costs');
    expect(await part.findByText(/^93 % of the month so far was collected/)).toBeTruthy();
  });

  it('by namespace with their owners', async () => {
    renderApp(`${AT}&by=namespace`, answers);
    const row = (await screen.findByText('shop')).closest('tr');
    expect(row?.textContent).toContain('checkout');
    expect(row?.textContent).toContain('CC-7');
    expect(screen.queryByText(/of the month so far/)).toBeNull();
  });
});

describe('alerts', () => {
  it('say what happened and when; one is marked as seen', async () => {
    const { calls } = renderApp(AT, answers);
    const part = await panel('Alerts');
    const items = await part.findAllByRole('listitem');
    expect(items.map((item) => item.textContent)).toEqual([
      'Checkout team, money is expected to pass its limit, March 202610 Mar 09:00Seen',
      'Checkout team, money has used half of its limit, March 202610 Mar 09:00',
    ]);
    expect(part.getByText('1 not seen yet')).toBeTruthy();
    await userEvent.click(part.getByRole('button', { name: /Mark as seen/ }));
    await waitFor(() => expect(calls).toContainEqual({ operation: 'budgets.seen', input: { id: 'a1' } }));
  });
});

describe('each panel has its states', () => {
  it('loading', async () => {
    const never = () => new Promise<never>(() => undefined);
    renderApp(AT, with_({ budgets: { list: never, alerts: never }, teams: { list: never } }));
    for (const name of ['Budgets', 'Costs', 'Alerts']) {
      expect((await screen.findByRole('region', { name })).getAttribute('aria-busy')).toBe('true');
    }
  });

  it('empty', async () => {
    renderApp(
      AT,
      with_({
        budgets: {
          list: async () => ({ month: '2026-03', budgets: [] }),
          alerts: async () => ({ alerts: [], unseen: 0 }),
        },
        teams: { list: async () => ({ ...teams.list, lines: [] }) },
      }),
    );
    expect(await screen.findByText('No budgets yet')).toBeTruthy();
    expect(await screen.findByText('No alerts')).toBeTruthy();
    expect(await screen.findByText('No costs in March 2026')).toBeTruthy();
  });

  it('failed', async () => {
    const fail = async () => {
      throw failure();
    };
    renderApp(AT, with_({ budgets: { list: fail, alerts: fail }, teams: { list: fail } }));
    for (const name of ['Budgets', 'Costs', 'Alerts']) {
      const part = await panel(name);
      expect(await part.findByText('The store refuses')).toBeTruthy();
      expect(part.getByRole('button', { name: 'Try again' })).toBeTruthy();
    }
  });
});
