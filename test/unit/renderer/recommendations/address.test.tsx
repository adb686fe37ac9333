import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { sample } from '../figures/sample-client.ts';
import { AT, findTable, LIST, renderPage, titlesIn } from './page.tsx';

beforeEach(() => localStorage.clear());

describe('the page', () => {
  it('opens as the address says, all parts together', async () => {
    renderPage(
      `${AT}&namespace=search&type=RIGHTSIZING_CPU&severity=medium&q=lower&group=namespace&sort=money&order=asc&per=month&id=r-cpu`,
    );
    const table = await findTable();
    expect(titlesIn()).toEqual(['Lower CPU request 1.50 → 0.60']);
    expect(table.getByRole('columnheader', { name: '€ a month' }).getAttribute('aria-sort')).toBe('ascending');
    expect(table.getByRole('rowheader').textContent).toBe('search1');
    expect(screen.getByRole('searchbox')).toHaveProperty('value', 'lower');
    expect(screen.getByRole('combobox', { name: 'Namespace' }).textContent).toBe('search');
    expect(screen.getByRole('combobox', { name: 'Type' }).textContent).toBe('CPU request too large');
    expect(screen.getByRole('combobox', { name: 'Priority' }).textContent).toBe('Medium');
    expect(screen.getByRole('combobox', { name: 'Group by' }).textContent).toContain('Namespace');
    expect(screen.getByRole('radio', { name: 'Month' }).getAttribute('aria-checked')).toBe('true');
    expect(await screen.findByRole('region', { name: 'Lower CPU request 1.50 → 0.60' })).toBeTruthy();
  });

  it('opens with a mistyped address as with none', async () => {
    renderPage(`${LIST}&tab=nothing&sort=none&per=week&group=x&severity=x`);
    await findTable();
    expect(titlesIn()).toHaveLength(4);
    expect(screen.getByRole('radio', { name: 'Year' }).getAttribute('aria-checked')).toBe('true');
  });

  it('sorting: the first click is the usual order of a column, the second turns it', async () => {
    const { address } = renderPage(`${LIST}&per=day`);
    const table = await findTable();
    const column = (name: string) => table.getByRole('columnheader', { name });
    const sort = (name: string) => fireEvent.click(table.getByRole('button', { name }));
    sort('Where');
    await waitFor(() => expect(address()).toContain('sort=where'));
    expect(address()).not.toContain('order=');
    expect(column('Where').getAttribute('aria-sort')).toBe('ascending');
    expect(column('g a day').getAttribute('aria-sort')).toBe('none');
    sort('Where');
    await waitFor(() => expect(address()).toContain('order=desc'));
    sort('Where');
    await waitFor(() => expect(address()).not.toContain('order='));
    sort('Confidence');
    await waitFor(() => expect(column('Confidence').getAttribute('aria-sort')).toBe('descending'));
    expect(address()).toContain('per=day');
  });

  it('another tab begins with its usual order and without the row of the last, but keeps the filters', async () => {
    const { address } = renderPage(`${LIST}&sort=money&order=asc&id=r-cpu&namespace=search&per=day`);
    await findTable();
    fireEvent.click(screen.getByRole('radio', { name: /^Snoozed/ }));
    await findTable('Snoozed');
    expect(address()).not.toMatch(/sort=|order=|[?&]id=/);
    expect(address()).toMatch(/tab=snoozed/);
    expect(address()).toMatch(/namespace=search/);
    expect(address()).toMatch(/per=day/);
    expect(address()).toMatch(/cluster=c1/);
  });

  it('the usual tab is not written', async () => {
    const { address } = renderPage(`${LIST}&tab=applied`);
    await findTable('Applied');
    fireEvent.click(screen.getByRole('radio', { name: /^Open/ }));
    await findTable();
    expect(address()).not.toContain('tab=');
  });

  it('clearing takes away what narrows and nothing else', async () => {
    const { address } = renderPage(
      `${LIST}&namespace=search&q=memory&type=RIGHTSIZING_MEMORY&severity=medium&group=plan`,
    );
    await findTable();
    fireEvent.click(screen.getByRole('button', { name: 'Clear' }));
    await waitFor(() => expect(titlesIn()).toHaveLength(4));
    expect(address()).not.toMatch(/namespace|q=|type=|severity/);
    expect(address()).toContain('group=plan');
    expect(screen.queryByRole('button', { name: 'Clear' })).toBeNull();
  });

  it('an id that no list has is asked for all the same', async () => {
    const { calls } = renderPage(`${AT}&id=gone`);
    await findTable();
    await waitFor(() => expect(calls).toContainEqual({ operation: 'recommendations.detail', input: { id: 'gone' } }));
    expect(document.querySelector('tr[aria-current]')).toBeNull();
  });

  it('walking and typing leave no trail; a tab does', async () => {
    const { router, address } = renderApp(LIST, sample);
    await findTable();
    const start = router.history.length;
    fireEvent.keyDown(document.body, { key: 'j' });
    await waitFor(() => expect(address()).toContain('id=r-nodes'));
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'memory' } });
    await waitFor(() => expect(address()).toContain('q=memory'));
    expect(router.history.length).toBe(start);
    fireEvent.click(screen.getByRole('radio', { name: /^Applied/ }));
    await waitFor(() => expect(address()).toContain('tab=applied'));
    expect(router.history.length).toBe(start + 1);
    router.history.back();
    await waitFor(() => expect(address()).not.toContain('tab='));
    expect(address()).toContain('id=r-nodes');
  });
});
