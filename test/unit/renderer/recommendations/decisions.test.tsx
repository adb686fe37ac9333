import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RecommendationItem } from '../../../../src/contract/schemas/recommendations.ts';
import { BulkBar } from '../../../../src/renderer/features/recommendations/BulkBar.tsx';
import { DismissDialog } from '../../../../src/renderer/features/recommendations/DismissDialog.tsx';
import type { Tab } from '../../../../src/renderer/features/recommendations/search.ts';
import { TabRow } from '../../../../src/renderer/features/recommendations/TabRow.tsx';
import { useDecisions } from '../../../../src/renderer/features/recommendations/use-decisions.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { dismissed, listOf, openItems, snoozed } from '../../../fakes/client/savings-answers.ts';
import { type Recommendations, refusal } from './page.tsx';

const NOW = Date.UTC(2026, 10, 19, 14);
const COUNTS = { open: 4, applied: 1, verified: 2, snoozed: 1, dismissed: 1 };
const refuse = refusal('The store refused', 'store', 'See its log.');

interface Props {
  readonly items: readonly RecommendationItem[];
  readonly tab: Tab;
  readonly onDecided: (ids: readonly string[]) => void;
}

/** Bar, dialog and line of what was done, around the decisions alone. */
function Host({ items, tab, onDecided }: Props) {
  const [isAsking, setAsking] = useState(false);
  const [left, setLeft] = useState(items);
  const decisions = useDecisions((decided) => {
    setAsking(false);
    onDecided(decided.map(({ id }) => id));
  });
  return (
    <>
      <TabRow
        tab={tab}
        counts={COUNTS}
        onTab={() => undefined}
        search={{}}
        applied={[]}
        currency="EUR"
        decisions={decisions}
      />
      <BulkBar
        tab={tab}
        items={left}
        decisions={decisions}
        onDismiss={() => setAsking(true)}
        onClear={() => setLeft([])}
      />
      {isAsking && <DismissDialog items={items} decisions={decisions} onClose={() => setAsking(false)} />}
    </>
  );
}

async function start(items: readonly RecommendationItem[], recommendations: Recommendations = {}, tab: Tab = 'open') {
  const decided: (readonly string[])[] = [];
  const view = renderPart(
    <Host items={items} tab={tab} onDecided={(ids) => decided.push(ids)} />,
    { recommendations },
    '/?tz=UTC',
  );
  await screen.findByRole('button', { name: 'Clear' });
  const inputs = (operation: string) =>
    view.calls.filter((call) => call.operation === `recommendations.${operation}`).map(({ input }) => input);
  return { ...view, decided, inputs };
}
const click = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const said = () => screen.getAllByRole('status')[0]?.textContent ?? '';
const snoozeFor = async (days: number) => {
  fireEvent.pointerDown(screen.getByRole('button', { name: 'Snooze' }), { button: 0, ctrlKey: false });
  fireEvent.click(await screen.findByRole('menuitem', { name: new RegExp(`^${days} days`) }));
};

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
});
afterEach(() => vi.useRealTimers());

describe('snoozing', () => {
  it.each([
    [7, '2026-11-26T14:00:00.000Z'],
    [30, '2026-12-19T14:00:00.000Z'],
    [90, '2027-02-17T14:00:00.000Z'],
  ])('for %i days ends on the day it says', async (days, until) => {
    const { inputs, decided } = await start([openItems[0]]);
    await snoozeFor(days);
    await waitFor(() => expect(decided).toEqual([['r-shift']]));
    expect(inputs('ignoreMany')).toEqual([{ ids: ['r-shift'], reason: '', until }]);
    expect(said()).toBe(`Snoozed for ${days} days: “Run at 11:00, not at 01:00”Undo`);
  });

  it('takes all that is selected in one call', async () => {
    const { inputs } = await start(openItems);
    expect(screen.getByText('4 selected')).toBeTruthy();
    await snoozeFor(30);
    await waitFor(() => expect(said()).toContain('Snoozed for 30 days: 4 recommendations'));
    expect(inputs('ignoreMany')).toHaveLength(1);
    expect(inputs('ignoreMany')[0]).toMatchObject({ ids: ['r-shift', 'r-nodes', 'r-cpu', 'r-memory'] });
  });

  it('can not be pressed again while it runs', async () => {
    const answer = Promise.withResolvers<ReturnType<typeof listOf>>();
    await start(openItems, { ignoreMany: () => answer.promise });
    await snoozeFor(7);
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Snooze', hidden: true })).toHaveProperty('disabled', true),
    );
    expect(screen.getByRole('button', { name: 'Dismiss…', hidden: true })).toHaveProperty('disabled', true);
    await act(async () => answer.resolve(listOf([])));
    await waitFor(() => expect(screen.getByRole('button', { name: 'Snooze' })).toHaveProperty('disabled', false));
  });
});

describe('refused', () => {
  it('nothing counts as decided, the words say why, and there is nothing to undo', async () => {
    const { decided } = await start(openItems, { ignoreMany: refuse });
    await snoozeFor(7);
    await waitFor(() => expect(said()).toBe('The store refused. See its log.'));
    expect(decided).toEqual([]);
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
    expect(screen.getByText('4 selected')).toBeTruthy();
  });

  it('one of several that is gone: the words of the refusal', async () => {
    await start(openItems, { ignoreMany: refusal('One of them is not there any more', 'not-found', 'Load again.') });
    await snoozeFor(7);
    await waitFor(() => expect(said()).toBe('One of them is not there any more. Load again.'));
  });

  it('then done: the words of the new one take its place', async () => {
    let works = false;
    await start(openItems, { ignoreMany: async () => (works ? listOf([]) : refuse()) });
    await snoozeFor(7);
    await waitFor(() => expect(said()).toContain('refused'));
    works = true;
    await snoozeFor(7);
    await waitFor(() => expect(said()).toBe('Snoozed for 7 days: 4 recommendationsUndo'));
  });
});

describe('dismissing', () => {
  it('needs no reason, and is for ever', async () => {
    const { inputs } = await start([openItems[2]]);
    click('Dismiss…');
    const dialog = within(await screen.findByRole('dialog', { name: 'Dismiss this recommendation' }));
    expect(dialog.getByText(/“Lower CPU request 1.50 → 0.60” stays away/)).toBeTruthy();
    fireEvent.click(dialog.getByRole('button', { name: 'Dismiss' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(inputs('ignoreMany')).toEqual([{ ids: ['r-cpu'], reason: '', until: null }]);
  });

  it('keeps the reason without the blanks around it', async () => {
    const { inputs } = await start(openItems.slice(0, 2));
    click('Dismiss…');
    const dialog = within(await screen.findByRole('dialog', { name: 'Dismiss 2 recommendations' }));
    const reason = dialog.getByRole('textbox', { name: 'Reason' });
    fireEvent.click(dialog.getByRole('button', { name: 'Too risky' }));
    expect(reason).toHaveProperty('value', 'Too risky');
    fireEvent.change(reason, { target: { value: '  Too risky before May  ' } });
    fireEvent.submit(reason.closest('form') as HTMLFormElement);
    await waitFor(() => expect(inputs('ignoreMany')).toHaveLength(1));
    expect(inputs('ignoreMany')[0]).toMatchObject({ reason: 'Too risky before May', until: null });
  });

  it('that is refused leaves the dialog open, with the reason typed', async () => {
    await start(openItems, { ignoreMany: refuse });
    click('Dismiss…');
    const dialog = within(await screen.findByRole('dialog'));
    fireEvent.click(dialog.getByRole('button', { name: 'Planned otherwise' }));
    fireEvent.click(dialog.getByRole('button', { name: 'Dismiss' }));
    expect((await dialog.findByRole('alert')).textContent).toBe('The store refusedSee its log.');
    expect(dialog.getByRole('textbox', { name: 'Reason' })).toHaveProperty('value', 'Planned otherwise');
  });
});

describe('undoing', () => {
  it('opens each of them again', async () => {
    const { inputs } = await start(openItems);
    await snoozeFor(30);
    await screen.findByRole('button', { name: 'Undo' });
    click('Undo');
    await waitFor(() => expect(said()).toBe('Open again: 4 recommendations'));
    expect(inputs('unignore')).toEqual(openItems.map(({ id }) => ({ id })));
    // What was undone can't be undone.
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  });

  it('where one fails: says so, and the others are opened all the same', async () => {
    const { inputs } = await start(openItems, {
      unignore: async ({ id }) => (id === 'r-nodes' ? refuse() : openItems[0]),
    });
    await snoozeFor(30);
    await screen.findByRole('button', { name: 'Undo' });
    click('Undo');
    await waitFor(() => expect(said()).toBe('The store refused. See its log.'));
    expect(inputs('unignore')).toHaveLength(4);
  });
});

describe('opening again', () => {
  it('several ignored ones at once', async () => {
    const { inputs } = await start([snoozed, dismissed], {}, 'dismissed');
    expect(screen.queryByRole('button', { name: 'Snooze' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Dismiss…' })).toBeNull();
    click('Open again');
    await waitFor(() => expect(said()).toBe('Open again: 2 recommendations'));
    expect(inputs('unignore')).toEqual([{ id: 'r-snoozed' }, { id: 'r-dismissed' }]);
    expect(screen.getByText('0 selected')).toBeTruthy();
  });

  it('is not offered for what is open or applied', async () => {
    await start(openItems, {}, 'applied');
    expect(screen.queryByRole('button', { name: 'Open again' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Snooze' })).toBeNull();
    click('Clear');
    expect(screen.getByText('0 selected')).toBeTruthy();
  });
});
