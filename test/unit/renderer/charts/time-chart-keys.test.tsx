import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { MEASURES } from '../../../../src/renderer/charts/measure.ts';
import { shapeStack } from '../../../../src/renderer/charts/stack.ts';
import { TimeChart, type TimeChartProps } from '../../../../src/renderer/charts/TimeChart.tsx';
import { at, hourly } from './wire.ts';

/** Three days hour by hour from Thu 12 Nov, 14:00 in Paris: `a` grows by 1 g an hour, `b` is 100 g. */
const data = shapeStack(hourly(Array.from({ length: 72 }, (_, hour) => ({ a: hour + 1, b: 100 }))), MEASURES.carbon);

function show(more: Partial<TimeChartProps> = {}) {
  const deeds = { onZoom: vi.fn(), onDrill: vi.fn(), onTable: vi.fn() };
  const outer = vi.fn();
  const view = render(
    <section onKeyDown={(event) => outer(event.key)} aria-label="page">
      <TimeChart data={data} title="Carbon" tz="Europe/Paris" currency="EUR" marks="columns" {...deeds} {...more} />
    </section>,
  );
  const surface = screen.getByRole('button', { name: 'Carbon: read by keys' });
  const press = (key: string, keys: { shiftKey?: boolean; ctrlKey?: boolean; altKey?: boolean } = {}) =>
    fireEvent.keyDown(surface, { key, ...keys });
  const card = () => screen.queryByTestId('hover-card')?.firstElementChild?.textContent ?? null;
  const spoken = () => screen.getByRole('status').textContent;
  return { ...view, ...deeds, outer, surface, press, card, spoken };
}

describe('keys of a chart', () => {
  it('enters at the first bucket by →, at the last by ←', () => {
    const right = show();
    right.press('ArrowRight');
    expect(right.card()).toBe('Thu 12 Nov, 14:00–15:00');
    right.unmount();
    const left = show();
    left.press('ArrowLeft');
    expect(left.card()).toBe('Sun 15 Nov, 13:00–14:00');
  });

  it('goes one bucket a press and stays at the ends', () => {
    const { press, card } = show();
    press('ArrowRight');
    press('ArrowRight');
    expect(card()).toBe('Thu 12 Nov, 15:00–16:00');
    press('ArrowLeft');
    press('ArrowLeft');
    press('ArrowLeft');
    expect(card()).toBe('Thu 12 Nov, 14:00–15:00');
    press('End');
    press('ArrowRight');
    expect(card()).toBe('Sun 15 Nov, 13:00–14:00');
  });

  it('goes a day with Shift: to midnights of the zone of the view', () => {
    const { press, card } = show();
    press('Home');
    press('ArrowRight', { shiftKey: true });
    expect(card()).toBe('Fri 13 Nov, 00:00–01:00');
    press('ArrowRight', { shiftKey: true });
    expect(card()).toBe('Sat 14 Nov, 00:00–01:00');
    press('ArrowLeft', { shiftKey: true });
    expect(card()).toBe('Fri 13 Nov, 00:00–01:00');
  });

  it('goes to midnights of another zone where the view is in another', () => {
    const { press, card } = show({ tz: 'America/New_York' });
    press('Home');
    press('ArrowRight', { shiftKey: true });
    expect(card()).toBe('Fri 13 Nov, 00:00–01:00');
  });

  it('drills into the series that ↓ picked', () => {
    const { press, onDrill, onZoom } = show();
    press('Home');
    press('ArrowDown');
    press('Enter');
    expect(onDrill.mock.calls).toEqual([['b']]);
    press('ArrowDown');
    press('Enter');
    expect(onDrill).toHaveBeenLastCalledWith('a');
    expect(onZoom).not.toHaveBeenCalled();
  });

  it('looks closer at the bucket by Enter where no series is picked', () => {
    const { press, onDrill, onZoom } = show();
    press('Home');
    press('ArrowRight');
    press('Enter');
    expect(onZoom.mock.calls).toEqual([[{ startMs: at(1), endMs: at(2) }]]);
    expect(onDrill).not.toHaveBeenCalled();
  });

  it('looks closer, too, on Other: nobody can drill into what was added up', () => {
    const names = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name, index) => [name, 10 - index]));
    const { press, onDrill, onZoom } = show({ data: shapeStack(hourly([names, names]), MEASURES.carbon) });
    press('Home');
    press('ArrowUp');
    press('Enter');
    expect(onDrill).not.toHaveBeenCalled();
    expect(onZoom).toHaveBeenCalledTimes(1);
  });

  it('enters without a deed when Enter comes first', () => {
    const { press, card, onZoom } = show();
    press('Enter');
    expect(card()).toBe('Sun 15 Nov, 13:00–14:00');
    expect(onZoom).not.toHaveBeenCalled();
  });

  it('leaves by Esc: card, whisker and announcement go, and only then Esc is for the page', () => {
    const { press, card, spoken, container, outer } = show();
    press('Home');
    expect(container.querySelector('[data-whisker]')).not.toBeNull();
    press('Escape');
    expect(card()).toBeNull();
    expect(spoken()).toBe('');
    expect(container.querySelector('[data-whisker]')).toBeNull();
    expect(outer).not.toHaveBeenCalled();
    press('Escape');
    expect(outer.mock.calls).toEqual([['Escape']]);
  });

  it('leaves when the focus goes elsewhere', () => {
    const { press, card, surface } = show();
    press('Home');
    fireEvent.blur(surface);
    expect(card()).toBeNull();
  });

  it('leaves shortcuts with Ctrl and Alt, and keys that it has no use for, to the page', () => {
    const { press, card, outer, onTable } = show();
    press('ArrowRight', { ctrlKey: true });
    press('ArrowUp', { altKey: true });
    press('t', { ctrlKey: true });
    press('r');
    expect(outer.mock.calls.flat()).toEqual(['ArrowRight', 'ArrowUp', 't', 'r']);
    expect(card()).toBeNull();
    expect(onTable).not.toHaveBeenCalled();
  });

  it('turns into its table by T in both cases, once: the page has the same key', () => {
    const { press, onTable, outer } = show();
    press('T');
    press('t');
    expect(onTable).toHaveBeenCalledTimes(2);
    expect(outer).not.toHaveBeenCalled();
  });

  it('says each bucket aloud, with the picked series first', () => {
    const { press, spoken } = show();
    press('Home');
    expect(spoken()).toBe('Thu 12 Nov, 14:00–15:00: total 101 g, between 91–121 g');
    press('ArrowDown');
    press('ArrowRight');
    expect(spoken()).toBe('Thu 12 Nov, 15:00–16:00: b 100 g, total 102 g, between 92–122 g');
  });

  it('stands nowhere when new data has fewer buckets than the cursor', () => {
    const { press, card, rerender } = show();
    press('End');
    const few = shapeStack(hourly([{ a: 1 }, { a: 2 }]), MEASURES.carbon);
    rerender(<TimeChart data={few} title="Carbon" tz="UTC" currency="EUR" marks="columns" />);
    expect(card()).toBeNull();
  });

  it('does nothing without buckets', () => {
    const { press, card } = show({ data: shapeStack(hourly([]), MEASURES.carbon) });
    for (const key of ['ArrowRight', 'Enter', 'End', 'ArrowDown', 'Escape']) press(key);
    expect(card()).toBeNull();
  });
});
