import { ORPCError } from '@orpc/client';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { panelStateOf, type QueryLike } from '../../../../src/renderer/figures/panel-state.tsx';
import { ageOfStale } from '../../../../src/renderer/figures/stale.ts';
import { Panel } from '../../../../src/renderer/ui/Panel.tsx';

const NOW = Date.UTC(2026, 10, 19, 13, 30);
const query = (more: Partial<QueryLike> = {}): QueryLike => ({
  data: 1,
  error: null,
  dataUpdatedAt: NOW,
  refetch: vi.fn(),
  ...more,
});
const facts = { nowMs: NOW, tz: 'UTC' };

describe('panelStateOf', () => {
  it('waits while any answer is missing', () => {
    expect(panelStateOf([query(), query({ data: undefined })], facts).kind).toBe('loading');
  });

  it('fails where there never was an answer, and asks only the failed ones again', () => {
    const good = query();
    const bad = query({ data: undefined, error: new Error('no') });
    const state = panelStateOf([good, bad], facts);
    if (state.kind !== 'failed') throw new Error(state.kind);
    state.onRetry?.();
    expect(bad.refetch).toHaveBeenCalledTimes(1);
    expect(good.refetch).not.toHaveBeenCalled();
  });

  it('keeps the last good figures with their age when they could not be renewed', async () => {
    const stale = query({ error: new Error('no'), dataUpdatedAt: NOW - 7 * 60_000 });
    render(
      <Panel title="Carbon" state={panelStateOf([stale], facts)}>
        <p>23 kg</p>
      </Panel>,
    );
    expect(screen.getByText(/Shown are the figures of 7 min ago/)).toBeTruthy();
    expect(screen.getByText('23 kg')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(stale.refetch).toHaveBeenCalledTimes(1);
  });

  it('says quietly how old figures are while the store is away; the frame says why', () => {
    const away = new ORPCError('X', { message: 'away', data: { failure: 'store-away', hint: null } });
    const stale = query({ error: away, dataUpdatedAt: NOW - 7 * 60_000 });
    expect(panelStateOf([stale], facts)).toEqual({
      kind: 'partial',
      tone: 'quiet',
      message: 'Figures of 7 min ago; newer ones come when the store is back.',
    });
    const never = query({ data: undefined, error: away });
    render(
      <Panel title="Carbon" state={panelStateOf([never], facts)}>
        <p>0 kg</p>
      </Panel>,
    );
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByRole('status').textContent).toContain('No figures while the store is away');
    expect(screen.queryByText('0 kg')).toBeNull();
  });

  it('knows the age of what could not be renewed, and none of what is good or missing', () => {
    const stale = { data: 1, error: new Error('no'), dataUpdatedAt: NOW - 7 * 60_000 };
    expect(ageOfStale(stale, NOW, 'UTC')).toBe('7 min ago');
    expect(ageOfStale({ ...stale, error: null }, NOW, 'UTC')).toBeNull();
    expect(ageOfStale({ ...stale, data: undefined }, NOW, 'UTC')).toBeNull();
  });

  it('shows what is empty or missing only where all answers came', () => {
    expect(panelStateOf([query()], { ...facts, empty: 'none' }).kind).toBe('empty');
    expect(panelStateOf([query({ data: undefined })], { ...facts, empty: 'none' }).kind).toBe('loading');
    const partial = panelStateOf([query()], { ...facts, missing: '5 h are missing.' });
    expect(partial).toMatchObject({ kind: 'partial', message: '5 h are missing.' });
    expect(panelStateOf([query()], { ...facts, empty: null, missing: null }).kind).toBe('ready');
  });
});
