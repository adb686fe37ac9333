import { ORPCError } from '@orpc/client';
import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { StoreStatus } from '../../../../src/contract/schemas/store.ts';
import { RetentionSection } from '../../../../src/renderer/features/settings/retention/RetentionSection.tsx';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { lastRun, storeStatus } from '../../../fakes/client/store-answers.ts';

configure({ asyncUtilTimeout: 5000 });
beforeEach(() => localStorage.clear());

async function open(status: Partial<StoreStatus> = {}, more: FakeOperations['store'] = {}) {
  const view = renderPart(
    <RetentionSection />,
    {
      store: {
        status: async () => ({ ...storeStatus, ...status }),
        setRetention: async (retention) => ({ ...storeStatus, ...status, retention }),
        ...more,
      },
    },
    '/settings?section=retention&tz=UTC',
  );
  await screen.findByLabelText('Days of windows');
  const saved = () => view.calls.filter((call) => call.operation === 'store.setRetention').map((call) => call.input);
  return { ...view, saved };
}

const field = (name: string) => screen.getByLabelText<HTMLInputElement>(`Days of ${name}`);
const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });
async function put(name: string, days: string) {
  await userEvent.clear(field(name));
  await userEvent.type(field(name), days);
}

describe('retention', () => {
  it('shows five levels with their days and what each gives', async () => {
    await open();
    expect(['windows', 'pod hours', 'hours', 'pod days'].map((name) => field(name).value)).toEqual([
      '30',
      '90',
      '400',
      '400',
    ]);
    expect(field('days').disabled).toBe(true);
    expect(field('days').placeholder).toBe('for ever');
    expect(screen.getByText(/charts by minutes, exports row by row/)).toBeTruthy();
    expect(screen.getByText('Default: 30')).toBeTruthy();
    expect(button('Save').disabled).toBe(true);
    expect(button('Reset to defaults').disabled).toBe(true);
  });

  it('saves what was changed, and says when it counts', async () => {
    const { saved } = await open();
    await put('windows', '14');
    await userEvent.click(button('Save'));
    await waitFor(() => expect(saved()).toEqual([{ ...storeStatus.retention, raw_days: 14 }]));
    expect(await screen.findByText('Saved. The next run goes by it.')).toBeTruthy();
    expect(field('windows').value).toBe('14');
    expect(button('Save').disabled).toBe(true);
  });

  it('refuses at the field, in words', async () => {
    const { saved } = await open();
    await put('windows', '120');
    expect(await screen.findByText('Not longer than pod hours (90 days).')).toBeTruthy();
    expect(field('windows').getAttribute('aria-invalid')).toBe('true');
    expect(button('Save').disabled).toBe(true);
    await put('windows', '2');
    expect(await screen.findByText('Whole days, at least 3.')).toBeTruthy();
    await userEvent.keyboard('{Enter}');
    expect(saved()).toEqual([]);
  });

  it('undoes what was typed', async () => {
    await open();
    await put('windows', '12');
    await userEvent.click(button('Undo changes'));
    expect(field('windows').value).toBe('30');
    expect(screen.queryByRole('button', { name: 'Undo changes' })).toBeNull();
  });

  it('goes back to the defaults with Save, not before', async () => {
    const { saved } = await open({ retention: { ...storeStatus.retention, raw_days: 7, day_days: 800 } });
    expect(field('days').value).toBe('800');
    await userEvent.click(button('Reset to defaults'));
    expect(field('windows').value).toBe('30');
    expect(saved()).toEqual([]);
    await userEvent.click(button('Save'));
    await waitFor(() => expect(saved()).toEqual([storeStatus.retention]));
  });

  it('keeps days for ever, or for as long as is typed', async () => {
    const { saved } = await open();
    await userEvent.click(screen.getByRole('checkbox', { name: 'For ever, the default' }));
    expect(field('days').value).toBe('3650');
    await userEvent.click(button('Save'));
    await waitFor(() => expect(saved()).toEqual([{ ...storeStatus.retention, day_days: 3650 }]));
  });

  it('says why it was not saved, and keeps what was typed', async () => {
    const no = new ORPCError('X', { message: 'The store is away', data: { failure: 'store-away', hint: null } });
    await open({}, { setRetention: async () => Promise.reject(no) });
    await put('windows', '14');
    await userEvent.click(button('Save'));
    expect((await screen.findByRole('alert')).textContent).toContain('The store is away');
    expect(field('windows').value).toBe('14');
  });
});

describe('the last run', () => {
  const panel = async () => within(await screen.findByRole('region', { name: 'Last run' }));

  it('says when it was and what it removed', async () => {
    await open();
    const shown = await panel();
    expect(shown.getByText(/00:20/)).toBeTruthy();
    expect(shown.getByText('96,480')).toBeTruthy();
    expect(shown.getAllByText('none')).toHaveLength(4);
  });

  it('says why it ended early', async () => {
    await open({ last_maintenance: { ...lastRun, problem: 'The store went away after 3 days.' } });
    expect((await panel()).getByText('The store went away after 3 days.', { exact: false })).toBeTruthy();
  });

  it('says that there was none', async () => {
    await open({ last_maintenance: null });
    expect((await panel()).getByText(/Retention has not run yet/)).toBeTruthy();
  });

  it('runs now, and shows what that did', async () => {
    await open({}, { maintain: async () => ({ ...lastRun, at: '2026-11-20T10:00:00Z', removed_rows: 7 }) });
    await userEvent.click(button('Run now'));
    expect(await (await panel()).findByText('7')).toBeTruthy();
    expect((await panel()).queryByText('96,480')).toBeNull();
  });

  it('can not run while the store is away or can be read only', async () => {
    const view = await open({ state: 'away' });
    expect(button('Run now').disabled).toBe(true);
    expect(screen.getByText('The store is away.')).toBeTruthy();
    view.unmount();
    await open({ state: 'read-only' });
    expect(button('Run now').disabled).toBe(true);
  });

  it('says why a run failed', async () => {
    const busy = new ORPCError('X', { message: 'A run is under way', data: { failure: 'conflict', hint: null } });
    await open({}, { maintain: async () => Promise.reject(busy) });
    await userEvent.click(button('Run now'));
    expect((await screen.findByRole('alert')).textContent).toContain('A run is under way');
  });
});
