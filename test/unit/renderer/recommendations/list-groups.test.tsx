import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { RecommendationItem } from '../../../../src/contract/schemas/recommendations.ts';
import { clusters as twoClusters } from '../../../fakes/client/answers.ts';
import { listOf, recommendation } from '../../../fakes/client/savings-answers.ts';
import { cellsOf, findTable, footText, LIST, renderPage, rowNamed, titlesIn } from './page.tsx';

const list =
  (items: readonly RecommendationItem[], part: Parameters<typeof listOf>[1] = {}) =>
  async () =>
    listOf(items, part);

beforeEach(() => localStorage.clear());

describe('several clusters', () => {
  const [eu, us] = twoClusters.clusters;
  const mixed = {
    clusters: {
      list: async () => ({
        clusters: [
          { ...(eu as NonNullable<typeof eu>), id: 'c1', name: 'west', currency: 'EUR' },
          { ...(us as NonNullable<typeof us>), id: 'c2', name: 'east', currency: 'USD' },
        ],
      }),
    },
  };
  const items = [
    recommendation({ id: 'a', title: 'In the west', money: [10, 20] }),
    recommendation({ id: 'b', title: 'In the east', cluster: 'c2', money: [10, 20] }),
    recommendation({ id: 'c', title: 'Gone', cluster: 'c9', money: [10, 20] }),
  ];

  it('in different currencies: the symbol stands in each cell, and nothing is summed', async () => {
    renderPage('/recommendations?tz=UTC&detail=0', { active: list(items, { currency: 'XXX' }) }, mixed);
    const table = await findTable();
    expect(table.getByRole('columnheader', { name: 'cost a year' })).toBeTruthy();
    await waitFor(() => expect(cellsOf(rowNamed('In the east'))[3]).toBe('$10–20'));
    expect(cellsOf(rowNamed('In the west'))[3]).toBe('€10–20');
    expect(footText()).toContain('mixed');
    expect(footText()).not.toMatch(/620/);
  });

  it('are named beside the place; one that is gone has its id', async () => {
    renderPage('/recommendations?tz=UTC&detail=0', { active: list(items) }, mixed);
    await findTable();
    await waitFor(() => expect(cellsOf(rowNamed('In the east'))[1]).toBe('query-apisearch, east'));
    expect(cellsOf(rowNamed('Gone'))[1]).toBe('query-apisearch, c9');
  });

  it('are not named where one is picked', async () => {
    renderPage(LIST, { active: list(items.slice(0, 1)) }, mixed);
    await findTable();
    expect(cellsOf(rowNamed('In the west'))[1]).toBe('query-apisearch');
  });

  it('no money of mixed currencies in what is verified so far', async () => {
    renderPage('/recommendations?tz=UTC&detail=0', { applied: async () => listOf([], { currency: 'XXX' }) }, mixed);
    await findTable();
    expect(screen.queryByText(/Verified so far/)).toBeNull();
  });
});

describe('grouped', () => {
  const items = [
    recommendation({ id: 'a', title: 'A', namespace: 'small', kg: [0, 1] }),
    recommendation({ id: 'b', title: 'B', namespace: 'large', kg: [0, 50] }),
    recommendation({ id: 'c', title: 'C', namespace: null, scope: 'node', resource: 'm7g-3', kg: [0, 20] }),
    recommendation({ id: 'd', title: 'D', namespace: 'small', type: 'ZOMBIE_POD', kg: [0, 5] }),
  ];
  const heads = async () => (await findTable()).getAllByRole('rowheader').map((head) => head.textContent);

  it('by namespace: what saves most on top, rows without one together', async () => {
    renderPage(`${LIST}&group=namespace`, { active: list(items) });
    expect(await heads()).toEqual(['large1', 'Nodes and clusters1', 'small2']);
    expect(titlesIn()).toEqual(['B', 'C', 'D', 'A']);
  });

  it('by type, with the words of the type', async () => {
    renderPage(`${LIST}&group=type`, { active: list(items) });
    expect(await heads()).toEqual(['CPU request too large3', 'Runs for nothing1']);
    expect(titlesIn()).toEqual(['B', 'C', 'A', 'D']);
  });

  it('the order within follows the sorting', async () => {
    renderPage(`${LIST}&group=namespace&sort=carbon&order=asc`, { active: list(items) });
    expect(await heads()).toEqual(['small2', 'Nodes and clusters1', 'large1']);
    expect(titlesIn()).toEqual(['A', 'D', 'C', 'B']);
  });

  it('only what occurs can be chosen as a type, and what is chosen stays in the list', async () => {
    renderPage(`${LIST}&type=IDLE_NAMESPACE`, { active: list(items) });
    fireEvent.click(await screen.findByRole('combobox', { name: 'Type' }));
    const names = within(await screen.findByRole('listbox'))
      .getAllByRole('option')
      .map((option) => option.textContent);
    expect(names).toContain('Idle namespace');
    expect(names).not.toContain('Fewer nodes would do');
  });
});
