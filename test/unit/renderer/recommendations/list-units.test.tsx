import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { RecommendationItem } from '../../../../src/contract/schemas/recommendations.ts';
import { kgYear, listOf, openItems, recommendation } from '../../../fakes/client/savings-answers.ts';
import { cellsOf, findTable, footText, LIST, renderPage, rowNamed } from './page.tsx';

const CPU = 'Lower CPU request 1.50 → 0.60';
const range = (low: number, high: number) => ({ low, expected: (low + high) / 2, high });
const list =
  (items: readonly RecommendationItem[], part: Parameters<typeof listOf>[1] = {}) =>
  async () =>
    listOf(items, part);

beforeEach(() => localStorage.clear());

describe('for a day, a month, a year', () => {
  it.each([
    ['', 'kg a year', '€ a year', '0–31', '0–420', '34–90', '210–620'],
    ['&per=month', 'kg a month', '€ a month', '0–2.6', '0–35', '2.8–7.5', '18–52'],
    ['&per=day', 'g a day', '€ a day', '0–85', '0–1.2', '93–247', '0.6–1.7'],
  ])(
    '%s: one unit a column, rows and foot alike',
    async (search, carbon, money, rowCarbon, rowMoney, sum, sumMoney) => {
      renderPage(`${LIST}${search}`);
      const table = await findTable();
      expect(table.getByRole('columnheader', { name: carbon })).toBeTruthy();
      expect(table.getByRole('columnheader', { name: money })).toBeTruthy();
      expect(cellsOf(rowNamed(CPU)).slice(2, 4)).toEqual([rowCarbon, rowMoney]);
      expect(footText()).toContain(sum);
      expect(footText()).toContain(sumMoney);
    },
  );

  it('is changed by a click, and kept in the address', async () => {
    const { address } = renderPage();
    await findTable();
    fireEvent.click(screen.getByRole('radio', { name: 'Month' }));
    await waitFor(() => expect(address()).toContain('per=month'));
    fireEvent.click(screen.getByRole('radio', { name: 'Year' }));
    await waitFor(() => expect(address()).not.toContain('per='));
  });

  it('the same in the panel of what was verified and in the line above', async () => {
    renderPage(`${LIST}&per=month`);
    await findTable();
    expect(screen.getByText('weeks before and after, same weekdays, g a month')).toBeTruthy();
    expect(screen.getByTitle(/Measured before and after/).textContent).toBe('Verified so far: −408 g, −€17 a month');
  });
});

describe('the unit of the column', () => {
  it('is that of the largest, so that rows can be compared', async () => {
    const large = recommendation({ id: 'large', title: 'Large', kg: [900, 2400] });
    const small = recommendation({ id: 'small', title: 'Small', kg: [0, 1] });
    renderPage(LIST, { active: list([large, small], { savings: null }) });
    const table = await findTable();
    expect(table.getByRole('columnheader', { name: 't a year' })).toBeTruthy();
    expect(cellsOf(rowNamed('Large'))[2]).toBe('0.9–2.4');
    expect(cellsOf(rowNamed('Small'))[2]).toBe('0–0.001');
  });

  it('counts the total too, which is written below', async () => {
    const one = recommendation({ id: 'one', title: 'One', kg: [0, 0.5] });
    const savings = {
      co2e_grams_per_day: range(0, kgYear(1.5)),
      embodied_co2e_grams_per_day: range(0, 0),
      cost_per_day: range(0, 1),
      nodes_that_can_go: 0,
    };
    renderPage(LIST, { active: list([one], { savings }) });
    const table = await findTable();
    expect(table.getByRole('columnheader', { name: 'kg a year' })).toBeTruthy();
    expect(footText()).not.toContain('node');
  });

  it('a true zero is 0, and less than a thousandth is not', async () => {
    const nothing = recommendation({ id: 'a', title: 'Nothing', kg: [0, 0], money: [0, 0] });
    const tiny = recommendation({ id: 'b', title: 'Tiny', kg: [0, 0.0001], money: [0, 0] });
    const much = recommendation({ id: 'c', title: 'Much', kg: [1, 2] });
    renderPage(LIST, { active: list([nothing, tiny, much], { savings: null }) });
    await findTable();
    expect(cellsOf(rowNamed('Nothing'))[2]).toBe('0');
    expect(cellsOf(rowNamed('Tiny'))[2]).toBe('0–<0.001');
  });
});

describe('what a cell says on hover', () => {
  it('is the expected value, and manufacture apart', async () => {
    renderPage();
    await findTable();
    const [, , , carbon, money] = [...rowNamed(CPU).querySelectorAll('td')];
    expect(carbon?.title).toBe('0–31 kg CO₂e a year, expected 15.5 kg; manufacture apart: 0–3.0 kg');
    expect(money?.title).toBe('€0–420 a year, expected €210');
  });

  it('names type, priority and place', async () => {
    renderPage();
    await findTable();
    const [, title, where] = [...rowNamed('Drain and remove 1 node').querySelectorAll('td')];
    expect(title?.title).toBe('Drain and remove 1 node. Fewer nodes would do, priority high');
    expect(where?.title).toBe('Cluster prod-eu-west-1');
  });
});

describe('the foot', () => {
  it.each([
    [0, '4 open'],
    [1, '4 open1 node can go'],
    [1204, '4 open1,204 nodes can go'],
  ])('with %i nodes that can go', async (nodes_that_can_go, words) => {
    const savings = {
      co2e_grams_per_day: range(0, 1),
      embodied_co2e_grams_per_day: range(0, 0),
      cost_per_day: range(0, 1),
      nodes_that_can_go,
    };
    renderPage(LIST, { active: list(openItems, { savings }) });
    await findTable();
    expect(footText().startsWith(`${words}overlaps`)).toBe(true);
  });

  it('asks for the total of what a namespace and a type leave', async () => {
    const { calls } = renderPage(`${LIST}&namespace=search&type=RIGHTSIZING_CPU`);
    await findTable();
    await waitFor(() => expect(footText()).toContain('34–90'));
    expect(calls).toContainEqual({
      operation: 'recommendations.active',
      input: { cluster: 'c1', limit: 1, namespace: 'search', type: 'RIGHTSIZING_CPU' },
    });
  });

  it('has no total on tabs where nothing is saved any more', async () => {
    renderPage(`${LIST}&tab=applied`);
    await findTable('Applied');
    expect(footText()).toBe('1 applied');
  });

  it('has none for a priority or words, and says so', async () => {
    renderPage(`${LIST}&severity=medium`);
    await findTable();
    expect(footText()).toBe('3 open');
    expect(screen.getByText(/A total is known for a namespace or type only/)).toBeTruthy();
  });
});
