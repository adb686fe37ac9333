import { fireEvent, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { RecommendationItem, RecommendationList } from '../../../../src/contract/schemas/recommendations.ts';
import { VerifiedPanel } from '../../../../src/renderer/features/recommendations/VerifiedPanel.tsx';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { applied, kgYear, listOf, regressed, verified } from '../../../fakes/client/savings-answers.ts';

type Verification = NonNullable<RecommendationItem['verification']>;
const found = (expected: number, part: Partial<Verification> = {}): Verification => ({
  ...(verified.verification as Verification),
  co2e_saved_grams_per_day: { low: kgYear(expected - 1), expected: kgYear(expected), high: kgYear(expected + 1) },
  ...part,
});
const item = (id: string, expected: number, part: Partial<Verification> = {}): RecommendationItem => ({
  ...verified,
  id,
  title: `Change ${id}`,
  verification: found(expected, part),
});

interface Options {
  readonly error?: unknown;
  readonly per?: 'day' | 'month' | 'year';
}
async function start(items: readonly RecommendationItem[] | undefined, { error = null, per = 'year' }: Options = {}) {
  const opened: string[] = [];
  const data: RecommendationList | undefined = items === undefined ? undefined : listOf(items);
  const query = { data, error, dataUpdatedAt: Date.now() - 25 * 60_000, refetch: () => opened.push('again') };
  renderPart(
    <VerifiedPanel query={query} per={per} onAll={() => opened.push('all')} onChoose={(id) => opened.push(id)} />,
    {},
    '/?tz=UTC',
  );
  const panel = await screen.findByRole('region', { name: 'Verified lately' });
  const lines = () =>
    [...panel.querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].map((cell) => cell.textContent),
    );
  return { opened, panel, lines, inside: within(panel) };
}

beforeEach(() => localStorage.clear());

describe('verified lately', () => {
  it('begins with what was measured last', async () => {
    const { lines } = await start([
      item('old', 3, { measured_at: '2026-10-01T00:00:00Z' }),
      item('new', 4, { measured_at: '2026-11-18T00:00:00Z' }),
      item('middle', 5, { measured_at: '2026-11-01T00:00:00Z' }),
    ]);
    expect(lines().map(([title]) => title)).toEqual(['Change new', 'Change middle', 'Change old']);
  });

  it('writes less with a minus, more with a plus, and true zero as 0', async () => {
    const { lines } = await start([item('a', 6.1), item('b', -1.2), item('c', 0)]);
    expect(lines().map((cells) => cells[3])).toEqual(['−6.1', '+1.2', '0']);
  });

  it('has the words of how it went', async () => {
    const { lines } = await start([
      item('a', 6, { outcome: 'within' }),
      item('b', 16, { outcome: 'above' }),
      item('c', 1, { outcome: 'below' }),
      { ...regressed, verification: found(-2, { outcome: 'below' }) },
      { ...regressed, id: 'r-2', verification: found(5, { outcome: 'within' }) },
    ]);
    expect(lines().map((cells) => cells[4])).toEqual([
      'in range',
      'above range',
      'below range',
      'less than promised',
      'undone',
    ]);
  });

  it.each([
    ['day', 'weeks before and after, same weekdays, g a day', '11–25', '−17'],
    ['month', 'weeks before and after, same weekdays, g a month', '333–750', '−508'],
    ['year', 'weeks before and after, same weekdays, kg a year', '4.0–9.0', '−6.1'],
  ] as const)('a %s: promised and found in one unit, which stands above', async (per, note, promised, saved) => {
    const { inside, lines } = await start([item('a', 6.1)], { per });
    expect(inside.getByText(note)).toBeTruthy();
    expect(lines()[0]?.slice(2, 4)).toEqual([promised, saved]);
  });

  it('leaves out what waits, also where it was undone meanwhile', async () => {
    const waiting = applied.verification as Verification;
    const { lines } = await start([applied, { ...regressed, verification: waiting }, item('a', 6)]);
    expect(lines().map(([title]) => title)).toEqual(['Change a']);
  });

  it('says what will stand here where nothing was measured yet', async () => {
    const { panel, inside } = await start([applied]);
    expect(panel.textContent).toContain('A week after a change is applied');
    expect(inside.queryByRole('table')).toBeNull();
  });

  it('shows eight, and leads to all', async () => {
    const items = Array.from({ length: 11 }, (_, index) => item(String(index), index + 1));
    const { lines, inside, opened } = await start(items);
    expect(lines()).toHaveLength(8);
    fireEvent.click(inside.getByRole('button', { name: 'All 11' }));
    expect(opened).toEqual(['all']);
  });

  it('opens the one that is clicked', async () => {
    const { inside, opened } = await start([item('a', 6), item('b', 7)]);
    fireEvent.click(inside.getByRole('row', { name: 'Change b' }));
    expect(opened).toEqual(['b']);
  });

  it('has the note of the measurement on hover', async () => {
    const { panel } = await start([item('a', 6, { note: 'Load was 2 % higher.' })]);
    expect(panel.querySelector('td:last-child')?.getAttribute('title')).toBe('Load was 2 % higher.');
  });
});

describe('its states', () => {
  it('loading is not "nothing measured"', async () => {
    const { panel } = await start(undefined);
    expect(panel.getAttribute('aria-busy')).toBe('true');
    expect(panel.textContent).not.toContain('A week after');
  });

  it('failed without an answer: why, and a way to try again', async () => {
    const { inside, opened } = await start(undefined, { error: new Error('secret') });
    expect(inside.getByRole('alert').textContent).toContain('The answer could not be read');
    fireEvent.click(inside.getByRole('button', { name: 'Try again' }));
    expect(opened).toEqual(['again']);
  });

  it('failed with an answer: its age, and the lines stay', async () => {
    const { inside, lines } = await start([item('a', 6.1)], { error: new Error('secret') });
    expect(inside.getByText('The answer could not be read. Shown are the figures of 25 min ago.')).toBeTruthy();
    expect(lines()).toHaveLength(1);
  });
});
