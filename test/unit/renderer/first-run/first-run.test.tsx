import { ORPCError } from '@orpc/client';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { CheckStep, ContextItem, Contexts, Progress } from '../../../../src/contract/schemas/contexts.ts';
import { checkSteps, freshContexts, progress } from '../../../fakes/client/answers.ts';
import { type FakeOperations, openStreamOf, streamOf } from '../../../fakes/client/client.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';

interface World {
  steps?: readonly CheckStep[];
  progress?: readonly Progress[];
  refuseStart?: Error;
}

/** A computer on which nothing is collected yet; switching a context on makes it collect. */
function fresh(world: World = {}) {
  const deeds: unknown[] = [];
  const collecting = new Set<string>();
  const contexts = (): Contexts => ({
    ...freshContexts,
    contexts: freshContexts.contexts.map(
      (item): ContextItem => (collecting.has(item.name) ? { ...item, collecting: true, cluster_id: 'c-new' } : item),
    ),
  });
  const operations: FakeOperations = {
    contexts: {
      list: async () => contexts(),
      check: async (input) => {
        deeds.push(['check', input.context]);
        return streamOf(...(world.steps ?? checkSteps));
      },
      setCollecting: async (input) => {
        deeds.push(['collect', input.context]);
        if (world.refuseStart !== undefined) throw world.refuseStart;
        collecting.add(input.context);
        return { cluster_id: 'c-new', collecting: true };
      },
      updateSettings: async (input) => {
        deeds.push(['settings', input]);
        return { ...input } as never;
      },
    },
    clusters: {
      list: async () => ({ clusters: [] }),
      progress: async (_input, options) => openStreamOf(options?.signal, ...(world.progress ?? [progress])),
      stopReading: async (input) => {
        deeds.push(['stop', input.cluster]);
        return { ...progress, state: 'stopped' };
      },
    },
  };
  return { operations, deeds };
}

const choose = async (name: string) =>
  userEvent.click(await screen.findByRole('button', { name: new RegExp(`^${name}`) }));

describe('First run', () => {
  it('leads from a context to figures', async () => {
    const { operations, deeds } = fresh();
    const { address } = renderApp('/first-run', operations);
    await choose('kind-local');
    expect(await screen.findByRole('heading', { name: 'First look at kind-local' })).toBeTruthy();
    const rows = within(await screen.findByRole('list', { name: 'Sources' }));
    expect(await rows.findByText('v1.33, 14 nodes, 226 pods, read-only rights are enough')).toBeTruthy();
    await userEvent.click(await screen.findByRole('button', { name: 'Read the last 7 days' }));
    expect(await screen.findByText('112 of 168 hours')).toBeTruthy();
    expect(screen.getByText('about 40 s left')).toBeTruthy();
    expect(screen.getByText('17.9–29.4, 112 hours')).toBeTruthy();
    expect(screen.getByText(/2 of 168 windows have no data/)).toBeTruthy();
    expect(screen.getByText('v1.33, 14 nodes, 226 pods, read-only rights are enough')).toBeTruthy();
    expect(deeds).toEqual([
      ['check', 'kind-local'],
      ['collect', 'kind-local'],
    ]);
    await userEvent.click(screen.getByRole('button', { name: 'Open overview' }));
    await waitFor(() => expect(address()).toBe('/?cluster=c-new'));
  });

  it('keeps its place over a reload', async () => {
    const { operations, deeds } = fresh();
    await operations.contexts?.setCollecting?.({ context: 'kind-local', collecting: true });
    renderApp('/first-run?context=kind-local', operations);
    expect(await screen.findByText('112 of 168 hours')).toBeTruthy();
    expect(deeds).toEqual([['collect', 'kind-local']]);
  });

  it('shows broken contexts and files with their reason, and stops no other', async () => {
    renderApp('/first-run', fresh().operations);
    expect(await screen.findByText(/line 7 is indented twice/)).toBeTruthy();
    const broken: HTMLButtonElement = screen.getByRole('button', { name: /^half-written/ });
    expect(broken.disabled).toBe(true);
    expect(broken.textContent).toContain('names the user "bob"');
    expect((screen.getByRole('button', { name: /^kind-local/ }) as HTMLButtonElement).disabled).toBe(false);
  });

  it('starts the sample cluster without a check', async () => {
    const { operations, deeds } = fresh();
    renderApp('/first-run', operations);
    await userEvent.click(await screen.findByRole('button', { name: 'Use sample data instead' }));
    expect(await screen.findByText('112 of 168 hours')).toBeTruthy();
    expect(deeds).toEqual([['collect', 'Sample cluster']]);
  });

  it('stops at a cluster that does not answer, with its message and a way back', async () => {
    const steps: CheckStep[] = [
      { ...checkSteps[0]!, state: 'failed', detail: 'The server did not answer in 10 s', hint: 'Connect the VPN.' },
      { ...checkSteps[2]!, state: 'not-tried', detail: '', latency_milliseconds: null },
    ];
    const { operations, deeds } = fresh({ steps });
    const { address } = renderApp('/first-run?context=kind-local', operations);
    expect(await screen.findByText('Connect the VPN.')).toBeTruthy();
    expect(screen.getAllByText(/not tried/).length).toBeGreaterThan(0);
    expect(screen.queryByRole('button', { name: 'Read the last 7 days' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Check again' }));
    await waitFor(() => expect(deeds).toHaveLength(2));
    await userEvent.click(await screen.findByRole('button', { name: 'Choose another context' }));
    await waitFor(() => expect(address()).toBe('/first-run'));
  });

  it('takes the address of a Prometheus by hand and checks again', async () => {
    const steps = checkSteps.map((step) =>
      step.source === 'usage' ? { ...step, state: 'partial' as const, detail: 'No Prometheus was found' } : step,
    );
    const { operations, deeds } = fresh({ steps });
    renderApp('/first-run?context=kind-local', operations);
    await userEvent.click(await screen.findByRole('button', { name: 'Enter its address' }));
    await userEvent.type(screen.getByLabelText('Address of Prometheus'), 'https://prometheus.example.com');
    await userEvent.click(screen.getByRole('button', { name: 'Save and check again' }));
    await waitFor(() => expect(deeds.at(-1)).toEqual(['check', 'kind-local']));
    expect(deeds[1]).toEqual([
      'settings',
      expect.objectContaining({ context: 'kind-local', prometheus_url: 'https://prometheus.example.com' }),
    ]);
  });

  it('stops a reading and offers to go on', async () => {
    const { operations, deeds } = fresh({ progress: [progress] });
    renderApp('/first-run?context=Sample cluster', operations);
    await userEvent.click(await screen.findByRole('button', { name: 'Read the last 7 days' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Stop reading' }));
    expect(deeds).toContainEqual(['stop', 'c-new']);
  });

  it('says that what was read is kept after a stop', async () => {
    const { operations, deeds } = fresh({ progress: [{ ...progress, state: 'stopped', seconds_left: null }] });
    await operations.contexts?.setCollecting?.({ context: 'kind-local', collecting: true });
    renderApp('/first-run?context=kind-local', operations);
    expect(await screen.findByText(/What was read is kept/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Stop reading' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Read on' }));
    await waitFor(() => expect(deeds).toHaveLength(2));
  });

  it('shows why collecting could not start', async () => {
    const refuseStart = new ORPCError('FORBIDDEN', {
      message: 'This user may not list nodes.',
      data: { failure: 'forbidden', hint: 'A role that may read is enough.' },
    });
    const { operations } = fresh({ refuseStart });
    const { address } = renderApp('/first-run?context=kind-local', operations);
    await userEvent.click(await screen.findByRole('button', { name: 'Read the last 7 days' }));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('This user may not list nodes.A role that may read is enough.');
    await userEvent.click(within(alert).getByRole('button', { name: 'Choose another context' }));
    await waitFor(() => expect(address()).toBe('/first-run'));
  });

  it('says where a kubeconfig is looked for when there is none', async () => {
    const only = { files: [], contexts: freshContexts.contexts.filter((item) => item.is_sample) };
    renderApp('/first-run', {
      contexts: { list: async () => only },
      clusters: { list: async () => ({ clusters: [] }) },
    });
    expect(await screen.findByText(/No kubeconfig with a context was found/)).toBeTruthy();
  });
});
