import { ORPCError } from '@orpc/client';
import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { BudgetItem, CostLines } from '../../../../src/contract/schemas/budgets.ts';
import { BudgetDialog } from '../../../../src/renderer/features/costs/BudgetDialog.tsx';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { budget, costsAnswers, moneyBudget, teamLines } from '../../../fakes/client/costs-answers.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { sample } from '../figures/sample-client.ts';

// Whole pages take their time on a busy machine; what never comes still fails.
configure({ asyncUtilTimeout: 5000 });

const AT = '/costs?month=2026-03&cluster=c1&tz=UTC';
const refuse =
  (failure: string, message: string, hint: string | null = null) =>
  async () => {
    throw new ORPCError('X', { message, data: { failure, hint } });
  };
const { budgets, teams, costs } = costsAnswers;
const answers = (part: FakeOperations = {}): FakeOperations => ({
  ...sample,
  budgets: {
    list: async () => budgets.list,
    create: async () => budgets.create,
    update: async () => budgets.update,
    delete: async () => undefined,
    alerts: async () => budgets.alerts,
    seen: async () => undefined,
    ...part.budgets,
  },
  teams: { list: async () => teams.list, ...part.teams },
  costs: { namespaces: async () => costs.namespaces, ...part.costs },
});
const panel = async (name: string) => within(await screen.findByRole('region', { name }));

describe('figures that can not be renewed', () => {
  it('stay, with their age and why there are no newer ones', async () => {
    let isBroken = false;
    const list = async () => (isBroken ? refuse('timeout', 'It took too long')() : teams.list);
    renderApp(AT, answers({ teams: { list } }));
    await screen.findByRole('table', { name: 'Costs' });
    isBroken = true;
    await userEvent.click(screen.getByRole('radio', { name: 'Cost center' }));
    const part = await panel('Costs');
    expect(await part.findByText('It took too long')).toBeTruthy();
    isBroken = false;
    await userEvent.click(part.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('table', { name: 'Costs' })).toBeTruthy();
  });

  it('one panel that fails leaves the others', async () => {
    renderApp(AT, answers({ budgets: { list: refuse('store', 'The store is locked') } }));
    expect(await (await panel('Budgets')).findByText('The store is locked')).toBeTruthy();
    expect(await screen.findByRole('table', { name: 'Costs' })).toBeTruthy();
    expect(await (await panel('Alerts')).findAllByRole('listitem')).toHaveLength(2);
  });
});

describe('costs in part', () => {
  const show = (part: Partial<CostLines>) =>
    renderApp(AT, answers({ teams: { list: async () => ({ ...teamLines, ...part }) } }));

  it.each([
    [0.5, '50 % of the month so far was collected; the rest is left out of the sums.'],
    [0.004, '0.4 % of the month so far was collected; the rest is left out of the sums.'],
  ])('%d of the month is said', async (coverage, words) => {
    show({ coverage });
    expect(await (await panel('Costs')).findByText(words)).toBeTruthy();
  });

  it.each([1, 0.996])('%d of it needs no words', async (coverage) => {
    show({ coverage });
    await screen.findByRole('table', { name: 'Costs' });
    expect(screen.queryByText(/of the month so far was collected/)).toBeNull();
  });

  it('costs that are not added up yet are said, with the time that is missing', async () => {
    show({ coverage: 0.5, pending_cost: 300 });
    const words = /^€300\S* of the month’s costs is still being added up; it is here in a minute\. 50 % of the month/;
    expect(await (await panel('Costs')).findByText(words)).toBeTruthy();
  });

  it('the last minutes of them need no words', async () => {
    show({ coverage: 1, pending_cost: 0.1 });
    await screen.findByRole('table', { name: 'Costs' });
    expect(screen.queryByText(/still being added up/)).toBeNull();
  });

  it('currencies that differ are said, and nothing is added up', async () => {
    show({ currency: 'XXX', coverage: 1 });
    const part = await panel('Costs');
    expect(await part.findByText(/nothing is converted/)).toBeTruthy();
    expect(part.getByText('mixed')).toBeTruthy();
  });
});

describe('alerts', () => {
  it('one that can not be marked says so and stays new', async () => {
    renderApp(AT, answers({ budgets: { seen: refuse('store', 'no') } }));
    const part = await panel('Alerts');
    await userEvent.click(await part.findByRole('button', { name: /Mark as seen/ }));
    expect(await part.findByText('The alert could not be marked as seen. Try again.')).toBeTruthy();
    expect(part.getByRole('button', { name: /Mark as seen/ })).toBeTruthy();
  });
});

describe('the window of a budget', () => {
  const show = (item: BudgetItem | null, part: FakeOperations = {}) => {
    let closed = 0;
    const onClose = () => {
      closed += 1;
    };
    const view = renderPart(<BudgetDialog budget={item} onClose={onClose} />, answers(part), '/?cluster=c1');
    return { ...view, closed: () => closed };
  };

  it('begins at its first field; Esc leaves it, and sets nothing', async () => {
    const { closed, calls } = show(null);
    await screen.findByRole('dialog', { name: 'New budget' });
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Name' })));
    await userEvent.keyboard('Shop');
    await userEvent.click(screen.getByRole('button', { name: 'Set budget' }));
    expect(await screen.findByText('A number above 0')).toBeTruthy();
    expect(calls.some(({ operation }) => operation === 'budgets.create')).toBe(false);
    await userEvent.keyboard('{Escape}');
    expect(closed()).toBe(1);
  });

  it('holds what the budget is', async () => {
    show(moneyBudget);
    const dialog = within(await screen.findByRole('dialog', { name: 'Change Checkout team, money' }));
    expect(dialog.getByRole('textbox', { name: 'Team' })).toHaveProperty('value', 'checkout');
    expect(dialog.getByRole('textbox', { name: 'Limit a month' })).toHaveProperty('value', '1000');
    expect(dialog.getByRole('radio', { name: 'Money' }).getAttribute('aria-checked')).toBe('true');
    expect(dialog.getByRole('combobox', { name: 'Cluster' }).textContent).toBe('All clusters');
  });

  it.each([
    ['conflict', 'A budget with that name is there already', 'Choose another name.'],
    ['bad-input', 'There is no namespace called shopp', null],
  ])('%s: says why it was refused, and keeps what was typed', async (failure, message, hint) => {
    const { closed } = show(budget, { budgets: { update: refuse(failure, message, hint) } });
    const name = await screen.findByRole('textbox', { name: 'Name' });
    await userEvent.type(name, '!');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect((await screen.findByRole('alert')).textContent).toBe(`${message}${hint ?? ''}`);
    expect(name).toHaveProperty('value', 'Shop, carbon!');
    expect(closed()).toBe(0);
  });
});
