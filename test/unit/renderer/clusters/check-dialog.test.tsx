import { ORPCError } from '@orpc/client';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { CheckStep } from '../../../../src/contract/schemas/contexts.ts';
import { CheckDialog } from '../../../../src/renderer/features/clusters/CheckDialog.tsx';
import { checkSteps } from '../../../fakes/client/answers.ts';
import { type FakeOperations, openStreamOf, streamOf } from '../../../fakes/client/client.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';

const failed: CheckStep = {
  source: 'usage',
  state: 'failed',
  detail: 'No Prometheus was found.',
  hint: 'Enter its address in the settings.',
  latency_milliseconds: 12.4,
};

async function open(contexts: NonNullable<FakeOperations['contexts']>) {
  let closed = 0;
  const part = renderPart(<CheckDialog context="prod" onClose={() => (closed += 1)} />, { contexts });
  const dialog = within(await screen.findByRole('dialog', { name: 'What can be read from prod' }));
  const rows = () => dialog.queryAllByRole('listitem').map((row) => row.textContent);
  return { ...part, dialog, rows, closed: () => closed };
}

describe('CheckDialog', () => {
  it('shows each source as it is asked, and cannot be started twice', async () => {
    const { dialog, rows, calls } = await open({
      check: async (_input, options) => openStreamOf(options?.signal, ...checkSteps.slice(0, 1)),
    });
    await waitFor(() => expect(rows()).toEqual(['Kubernetes API, being triedbeing tried']));
    expect(dialog.getByText('Asking each source')).toBeTruthy();
    expect(dialog.getByRole<HTMLButtonElement>('button', { name: 'Check again' }).disabled).toBe(true);
    expect(calls.filter((call) => call.operation === 'contexts.check')).toEqual([
      { operation: 'contexts.check', input: { context: 'prod' } },
    ]);
  });

  it('says of what failed why, and what helps, and counts the rest', async () => {
    const { dialog, rows } = await open({ check: async () => streamOf(...checkSteps, failed) });
    expect(await dialog.findByText('5 of 6 found')).toBeTruthy();
    expect(rows()[1]).toBe('Usage, failedNo Prometheus was found.Enter its address in the settings.12 ms');
    expect(rows()).toHaveLength(6);
  });

  it('begins anew, without the rows before', async () => {
    let round = 0;
    const { dialog, rows } = await open({
      check: async (_input, options) => {
        round += 1;
        return round === 1 ? streamOf(...checkSteps) : openStreamOf(options?.signal, failed);
      },
    });
    await dialog.findByText('6 of 6 found');
    await userEvent.click(dialog.getByRole('button', { name: 'Check again' }));
    await waitFor(() => expect(rows()).toHaveLength(1));
    expect(dialog.getByText('Asking each source')).toBeTruthy();
  });

  it('says why nothing could be asked', async () => {
    const { dialog, rows } = await open({
      check: async () => {
        throw new ORPCError('NOT_FOUND', {
          message: 'There is no context "prod".',
          data: { failure: 'not-found', hint: 'It may have left the kubeconfig.' },
        });
      },
    });
    expect((await dialog.findByRole('alert')).textContent).toBe(
      'There is no context "prod".It may have left the kubeconfig.',
    );
    expect(rows()).toEqual([]);
    expect(dialog.getByRole<HTMLButtonElement>('button', { name: 'Check again' }).disabled).toBe(false);
  });

  it('ends the check when it is left', async () => {
    const signals: AbortSignal[] = [];
    const { unmount, closed, dialog, rows } = await open({
      check: async (_input, options) => {
        if (options?.signal !== undefined) signals.push(options.signal);
        return openStreamOf(options?.signal, failed);
      },
    });
    await waitFor(() => expect(rows()).toHaveLength(1));
    await userEvent.click(dialog.getAllByRole('button', { name: 'Close' })[0] as HTMLElement);
    expect(closed()).toBe(1);
    unmount();
    expect(signals.map((signal) => signal.aborted)).toEqual([true]);
  });
});
