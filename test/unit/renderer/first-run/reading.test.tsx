import { ORPCError } from '@orpc/client';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../../../src/contract/schemas/contexts.ts';
import { ReadStep } from '../../../../src/renderer/features/first-run/ReadStep.tsx';
import { progress } from '../../../fakes/client/answers.ts';
import { type FakeOperations, openStreamOf } from '../../../fakes/client/client.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';

async function show(states: Progress[], more: FakeOperations['clusters'] = {}, clusterId: string | null = 'c-new') {
  const deeds: string[] = [];
  const part = renderPart(
    <ReadStep clusterId={clusterId} onReadOn={() => deeds.push('read on')} />,
    { clusters: { progress: async (_input, options) => openStreamOf(options?.signal, ...states), ...more } },
    '/first-run?context=prod',
  );
  const panel = within(await screen.findByRole('region', { name: 'Read the last 7 days' }));
  return { ...part, deeds, panel };
}
const rows = () => within(screen.getByRole('list', { name: 'Progress' })).getAllByRole('listitem');

describe('the reading of the first run', () => {
  it('shows each phase with its bar, its state and how far it is', async () => {
    await show([progress]);
    await screen.findByRole('list', { name: 'Progress' });
    expect(rows().map((row) => row.textContent)).toEqual([
      'Nodes and pods14 nodes, 226 pods',
      'Usage, hour by hour112 of 168 hours',
      'Energy and attribution109 of 168 hours',
      'Grid intensity168 of 168 hours',
      'Costwaiting',
    ]);
    expect(rows().map((row) => within(row).getByRole('img').getAttribute('aria-label'))).toEqual([
      'done',
      'running',
      'running',
      'done',
      'waiting',
    ]);
    const bar = screen.getByRole('progressbar', { name: 'Usage, hour by hour' });
    expect([bar.getAttribute('aria-valuenow'), bar.getAttribute('aria-valuemax')]).toEqual(['112', '168']);
  });

  it('shows the newest state alone', async () => {
    const usage = progress.phases.map((phase) => (phase.name === 'usage' ? { ...phase, done: 168 } : phase));
    await show([progress, { ...progress, phases: usage }]);
    await screen.findByRole('list', { name: 'Progress' });
    await waitFor(() => expect(rows()[1]?.textContent).toBe('Usage, hour by hour168 of 168 hours'));
    expect(rows()).toHaveLength(5);
  });

  it('can be stopped once, and says that what was read is kept', async () => {
    const answer = Promise.withResolvers<Progress>();
    const { panel, calls } = await show([progress], { stopReading: () => answer.promise });
    const stop = await screen.findByRole<HTMLButtonElement>('button', { name: 'Stop reading' });
    await userEvent.click(stop);
    await waitFor(() => expect(stop.disabled).toBe(true));
    expect(calls.at(-1)).toEqual({ operation: 'clusters.stopReading', input: { cluster: 'c-new' } });
    await act(async () => answer.resolve({ ...progress, state: 'stopped' }));
    expect(panel.queryByText(/What was read is kept/)).toBeNull();
  });

  it('goes on after a stop', async () => {
    const { panel, deeds } = await show([{ ...progress, state: 'stopped', seconds_left: null }]);
    expect(await panel.findByText(/What was read is kept/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Stop reading' })).toBeNull();
    await userEvent.click(panel.getByRole('button', { name: 'Read on' }));
    expect(deeds).toEqual(['read on']);
  });

  it('says why it failed, aloud, and goes on', async () => {
    const message = { message: 'Prometheus went away.', hint: 'Read on when it is back.' };
    const { panel, deeds } = await show([{ ...progress, state: 'failed', message }]);
    const alert = await panel.findByRole('alert');
    expect(alert.textContent).toContain('Prometheus went away. Read on when it is back.');
    await userEvent.click(within(alert).getByRole('button', { name: 'Read on' }));
    expect(deeds).toEqual(['read on']);
  });

  it('passes a word on while it runs, without an alarm', async () => {
    const message = { message: 'Prometheus keeps 5 days here.', hint: null };
    const { panel } = await show([{ ...progress, message, windows_without_data: 0 }]);
    expect((await panel.findByText(/Prometheus keeps 5 days here/)).closest('[role="status"]')).toBeTruthy();
    expect(panel.queryByRole('alert')).toBeNull();
    expect(screen.queryByText(/have no data/)).toBeNull();
  });

  it('is done: nothing is left to stop', async () => {
    const { panel } = await show([{ ...progress, state: 'done', seconds_left: null }]);
    await screen.findByText('17.9–29.4, 112 hours');
    expect(screen.queryByRole('button', { name: 'Stop reading' })).toBeNull();
    expect(panel.queryByText(/left$/)).toBeNull();
  });

  it('shows no figure before the first hour is whole', async () => {
    const none = { co2e_grams: 0, low_grams: 0, high_grams: 0, hours: 0 };
    await show([{ ...progress, so_far: none }]);
    expect(await screen.findByText('No figures yet')).toBeTruthy();
    expect(screen.queryByText(/So far/)).toBeNull();
  });

  it('leads to the overview at any time', async () => {
    const { address } = await show([]);
    expect(await screen.findByText('Starting')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Open overview' }));
    await waitFor(() => expect(address()).toBe('/?cluster=c-new'));
  });

  it('can be followed again after the stream broke', async () => {
    let round = 0;
    const { panel } = await show([], {
      progress: async (_input, options) => {
        round += 1;
        if (round > 1) return openStreamOf(options?.signal, progress);
        throw new ORPCError('NOT_FOUND', { message: 'No such cluster.', data: { failure: 'not-found', hint: null } });
      },
    });
    expect((await panel.findByRole('alert')).textContent).toContain('No such cluster.');
    await userEvent.click(panel.getByRole('button', { name: 'Follow again' }));
    expect(await screen.findByText('112 of 168 hours')).toBeTruthy();
    expect(panel.queryByRole('alert')).toBeNull();
  });

  it('waits quietly until there is a cluster', async () => {
    const { calls } = await show([progress], {}, null);
    expect(screen.queryByRole('button')).toBeNull();
    expect(calls.map((call) => call.operation)).not.toContain('clusters.progress');
  });
});
