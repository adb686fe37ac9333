import { render, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { ActionBar } from '../../../../src/renderer/features/recommendations/detail/ActionBar.tsx';
import { Lifecycle } from '../../../../src/renderer/features/recommendations/detail/Lifecycle.tsx';
import { type Detail, stepsOf } from '../../../../src/renderer/features/recommendations/lifecycle.ts';
import type { Decisions } from '../../../../src/renderer/features/recommendations/use-decisions.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import {
  applied,
  detailOf,
  dismissed,
  openItems,
  recommendation,
  regressed,
  snoozed,
  verified,
} from '../../../fakes/client/savings-answers.ts';

const [, , cpu] = openItems;
const steps = (item: Parameters<typeof stepsOf>[0], tz = 'UTC') =>
  stepsOf(item, tz).map(({ name, state, note }) => `${name} ${state}${note === '' ? '' : `: ${note}`}`);

async function show(detail: Detail, tz = 'UTC') {
  renderPart(<Lifecycle detail={detail} />, {}, `/?tz=${tz}`);
  const list = await screen.findByRole('list', { name: 'Steps' });
  return { items: within(list).getAllByRole('listitem') };
}

beforeEach(() => localStorage.clear());

describe('the steps', () => {
  it('of an open one', () => {
    expect(steps(cpu)).toEqual([
      'Open now: since 11 Nov',
      'Applied ahead',
      'Verifying ahead: 7 days',
      'Verified ahead',
    ]);
  });

  it('of one that is ignored: still at the first', () => {
    expect(steps(snoozed)[0]).toBe('Open now: since 11 Nov');
    expect(steps(dismissed)[1]).toBe('Applied ahead');
  });

  it('of one that a person applied, and one that was seen', () => {
    expect(steps({ ...applied, applied_by: 'person' })[1]).toBe('Applied done: 17 Nov');
    expect(steps(applied)[1]).toBe('Applied done: 17 Nov, seen');
  });

  it('end of the week is seven days after it was applied, over the end of a month too', () => {
    expect(steps(applied)[2]).toBe('Verifying now: until 24 Nov');
    expect(steps({ ...applied, applied_at: '2026-12-28T12:00:00Z' })[2]).toBe('Verifying now: until 4 Jan');
  });

  it('of one that is measured: when, and how it went', () => {
    expect(steps(verified).slice(2)).toEqual(['Verifying done: 7 days', 'Verified now: 10 Nov, in range']);
    expect(steps(regressed)[3]).toBe('Regressed now: 28 Oct, less than promised');
  });

  it('of one that was undone before it was measured: no date of a measurement', () => {
    const undone = { ...regressed, verification: applied.verification };
    expect(steps(undone).slice(2)).toEqual(['Verifying done: not whole', 'Regressed now: undone']);
    expect(steps({ ...regressed, verification: null })[3]).toBe('Regressed now: undone');
  });

  it('of one that was measured and undone later', () => {
    expect(steps({ ...regressed, verification: verified.verification })[3]).toBe('Regressed now: 10 Nov, undone');
  });

  it('have the days of the zone', () => {
    const late = recommendation({ id: 'x', found_at: '2026-11-11T23:30:00Z' });
    expect(steps(late, 'UTC')[0]).toBe('Open now: since 11 Nov');
    expect(steps(late, 'Europe/Paris')[0]).toBe('Open now: since 12 Nov');
    expect(steps(late, 'America/New_York')[0]).toBe('Open now: since 11 Nov');
  });
});

describe('as it is shown', () => {
  it('marks where it stands', async () => {
    const { items } = await show(detailOf(applied));
    expect(items.map((item) => item.getAttribute('aria-current'))).toEqual([null, null, 'step', null]);
    expect(items[2]?.textContent).toBe('Verifying, nowuntil 24 Nov');
  });

  it('says who said no, why and until when', async () => {
    await show(detailOf(snoozed));
    expect(screen.getByText('Snoozed until 19 Dec: after the release')).toBeTruthy();
  });

  it('says that one is dismissed for ever', async () => {
    await show(detailOf(dismissed));
    expect(screen.getByText('Dismissed for ever: Needed as it is')).toBeTruthy();
  });

  it('says that the reason is gone', async () => {
    await show(detailOf({ ...cpu, status: 'stale' }));
    expect(screen.getByText(/the last analysis no longer found it/)).toBeTruthy();
  });

  it('says nothing of the kind of an open one', async () => {
    await show(detailOf(cpu));
    expect(screen.queryByText(/Snoozed|Dismissed|no longer/)).toBeNull();
  });

  it('has its history in the zone that was chosen, where there is more than the finding', async () => {
    const history: Detail['history'] = [
      { at: '2026-11-11T09:00:00Z', status: 'active', reason: null, actual: null },
      { at: '2026-11-12T23:15:00Z', status: 'ignored', reason: 'after the release', actual: null },
      {
        at: '2026-11-19T10:00:00Z',
        status: 'active',
        reason: 'The time that it was ignored for is over',
        actual: null,
      },
      { at: '2026-11-19T10:00:00Z', status: 'applied', reason: '', actual: { cpu_request: 700 } },
    ];
    await show(detailOf(cpu, { history }), 'Europe/Paris');
    expect(screen.getByText('History, 4 entries')).toBeTruthy();
    const lines = [...document.querySelectorAll('details li')].map((line) => line.textContent);
    expect(lines).toEqual([
      '11 Nov 10:00Open',
      '13 Nov 00:15Ignored: after the release',
      '19 Nov 11:00Open: The time that it was ignored for is over',
      '19 Nov 11:00Applied',
    ]);
    expect(document.querySelector('details li span')?.getAttribute('title')).toBe('Wed 11 Nov 2026, 10:00:00 CET');
  });

  it('has none where nothing happened since', async () => {
    await show(detailOf(cpu));
    expect(screen.queryByText(/^History/)).toBeNull();
  });
});

describe('what can be decided', () => {
  const decisions = (isPending = false): Decisions => ({
    done: null,
    error: null,
    isPending,
    snooze: () => undefined,
    dismiss: () => undefined,
    reopen: () => undefined,
    apply: () => undefined,
    forget: () => undefined,
    clearError: () => undefined,
  });
  const deeds = (item: typeof cpu, isPending = false) => {
    render(
      <ActionBar item={item} onApply={() => undefined} onDismiss={() => undefined} decisions={decisions(isPending)} />,
    );
    return screen.queryAllByRole('button').map((button) => button.textContent);
  };

  it('on an open one: all', () => {
    expect(deeds(cpu)).toEqual(['Mark as applied', 'Snooze', 'Dismiss…']);
  });

  it.each([
    ['snoozed', snoozed],
    ['dismissed', dismissed],
  ])('on one that is %s: open again, or say that it is done', (_, item) => {
    expect(deeds(item)).toEqual(['Mark as applied', 'Open again']);
  });

  it.each([
    ['applied', applied, 'Measured by itself; nothing to do.'],
    ['verified', verified, 'Measured and kept.'],
    ['regressed', regressed, 'If the change was undone, the next analysis finds it again.'],
    ['stale', { ...cpu, status: 'stale' as const }, 'Comes back if it is found again.'],
  ])('on one that is %s: nothing, and why', (_, item, words) => {
    expect(deeds(item)).toEqual([]);
    expect(screen.getByText(words)).toBeTruthy();
  });

  it('nothing more while one decision is under way', () => {
    deeds(cpu, true);
    for (const button of screen.getAllByRole('button')) expect(button).toHaveProperty('disabled', true);
  });
});
