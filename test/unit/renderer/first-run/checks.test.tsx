import { ORPCError } from '@orpc/client';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { CheckStep, ContextItem } from '../../../../src/contract/schemas/contexts.ts';
import { CheckStepPanel } from '../../../../src/renderer/features/first-run/CheckStepPanel.tsx';
import { checkSteps, freshContexts } from '../../../fakes/client/answers.ts';
import { type FakeOperations, openStreamOf, streamOf } from '../../../fakes/client/client.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';

const context = freshContexts.contexts.find((item) => item.name === 'kind-local') as ContextItem;
const SOURCES: CheckStep['source'][] = ['kubernetes', 'usage', 'energy', 'cost', 'grid', 'hardware'];

/** All sources found, but for what `changes` says of one. */
const stepsWith = (source: CheckStep['source'], changes: Partial<CheckStep>): CheckStep[] =>
  checkSteps.slice(1).map((step) => (step.source === source ? { ...step, ...changes } : step));

interface Shown {
  contexts?: FakeOperations['contexts'];
  isReading?: boolean;
  isStarting?: boolean;
  context?: ContextItem | null;
}

async function show(shown: Shown) {
  const deeds: string[] = [];
  const part = renderPart(
    <CheckStepPanel
      context={shown.context === undefined ? context : shown.context}
      isReading={shown.isReading ?? false}
      isStarting={shown.isStarting ?? false}
      onStart={() => deeds.push('start')}
      onBack={() => deeds.push('back')}
    />,
    { contexts: { check: async () => streamOf(...checkSteps), ...shown.contexts } },
  );
  const panel = within(await screen.findByRole('region', { name: 'Check what can be read' }));
  return { ...part, deeds, panel };
}
const button = (name: string) => screen.queryByRole<HTMLButtonElement>('button', { name });
const checking = (...steps: CheckStep[]) => ({ check: async () => streamOf(...steps) });

describe('the check of the first run', () => {
  it.each(SOURCES)('shows why %s failed, what helps, and the way back', async (source) => {
    const failed = { state: 'failed' as const, detail: `${source} said no.`, hint: `Mend ${source}.` };
    const { panel, deeds } = await show({ contexts: checking(...stepsWith(source, failed)) });
    const row = (await panel.findByText(`Mend ${source}.`)).closest('li');
    expect(row?.textContent).toContain(`${source} said no.`);
    expect(row?.textContent).toContain(', failed');
    expect(panel.getByText('5 of 6 found')).toBeTruthy();
    expect(button('Read the last 7 days') !== null).toBe(source !== 'kubernetes');
    await userEvent.click(panel.getByRole('button', { name: 'Choose another context' }));
    expect(deeds).toEqual(['back']);
  });

  it('makes checking again the first way where nothing can be read', async () => {
    const { panel } = await show({ contexts: checking(...stepsWith('kubernetes', { state: 'failed' })) });
    const again = await panel.findByRole('button', { name: 'Check again' });
    expect(again.className).toContain('bg-ink');
    expect(button('Read the last 7 days')).toBeNull();
  });

  it('makes reading the first way where it can begin', async () => {
    const { panel, deeds } = await show({});
    const start = await panel.findByRole('button', { name: 'Read the last 7 days' });
    expect(start.className).toContain('bg-ink');
    expect(button('Check again')?.className).not.toContain('bg-ink');
    await userEvent.click(start);
    expect(deeds).toEqual(['start']);
  });

  it('says where it connects to before the first answer, and offers no way on yet', async () => {
    const { panel } = await show({
      contexts: { check: async (_input, options) => openStreamOf<CheckStep>(options?.signal) },
    });
    expect((await panel.findByRole('status')).textContent).toBe('Connecting to https://kind-local.example.com:6443');
    expect(panel.queryByRole('button')).toBeNull();
  });

  it('cannot be started twice', async () => {
    const { panel } = await show({ isStarting: true });
    expect((await panel.findByRole<HTMLButtonElement>('button', { name: 'Starting' })).disabled).toBe(true);
  });

  it('says why the check itself broke, keeps what was found, and lets it be asked again', async () => {
    let round = 0;
    const { panel } = await show({
      contexts: {
        check: async () => {
          round += 1;
          if (round > 1) return streamOf(...checkSteps);
          return (async function* () {
            yield* checkSteps.slice(0, 2);
            throw new ORPCError('SERVICE_UNAVAILABLE', {
              message: 'The collector stopped.',
              data: { failure: 'unreachable', hint: 'It starts again by itself.' },
            });
          })();
        },
      },
    });
    expect((await panel.findByRole('alert')).textContent).toBe('The collector stopped.It starts again by itself.');
    expect(panel.getByText('v1.33, 14 nodes, 226 pods, read-only rights are enough')).toBeTruthy();
    expect(button('Read the last 7 days')).toBeNull();
    await userEvent.click(panel.getByRole('button', { name: 'Check again' }));
    expect(await panel.findByText('6 of 6 found')).toBeTruthy();
    expect(panel.queryByRole('alert')).toBeNull();
  });

  it('waits for a context, and asks a sample nothing', async () => {
    const first = await show({ context: null });
    expect(first.panel.queryByRole('list')).toBeNull();
    first.unmount();
    const sample = freshContexts.contexts.find((item) => item.is_sample) as ContextItem;
    const { panel, calls, deeds } = await show({ context: sample });
    expect(panel.getByText('nothing to connect to')).toBeTruthy();
    await userEvent.click(panel.getByRole('button', { name: 'Read the last 7 days' }));
    expect(deeds).toEqual(['start']);
    expect(calls.map((call) => call.operation)).not.toContain('contexts.check');
  });

  it('does not check again what is already being read', async () => {
    const { calls, panel } = await show({ isReading: true });
    expect(panel.queryByRole('button')).toBeNull();
    expect(calls.map((call) => call.operation)).not.toContain('contexts.check');
  });
});

describe('a Prometheus by hand', () => {
  const missing = stepsWith('usage', { state: 'failed', detail: 'No Prometheus was found.', hint: null });
  const open = async (contexts: FakeOperations['contexts'] = {}) => {
    const part = await show({ contexts: { ...checking(...missing), ...contexts } });
    await userEvent.click(await part.panel.findByRole('button', { name: 'Enter its address' }));
    const form = within(screen.getByRole('form', { name: 'Prometheus by hand' }));
    const saved = () =>
      part.calls.filter((call) => call.operation === 'contexts.updateSettings').map((call) => call.input);
    const save = () => form.getByRole<HTMLButtonElement>('button', { name: 'Save and check again' });
    return { ...part, form, saved, save };
  };

  it('is offered only where usage is missing and the cluster answers', async () => {
    const found = await show({});
    await found.panel.findByText('6 of 6 found');
    expect(button('Enter its address')).toBeNull();
    found.unmount();
    const dead = missing.map((step) => (step.source === 'kubernetes' ? { ...step, state: 'failed' as const } : step));
    const { panel } = await show({ contexts: checking(...dead) });
    await panel.findByText('4 of 6 found');
    expect(button('Enter its address')).toBeNull();
  });

  it('takes a token, shows it nowhere, and checks again', async () => {
    const { form, saved, save, calls } = await open({ updateSettings: async (input) => ({ ...input }) as never });
    await userEvent.type(form.getByLabelText('Address of Prometheus'), ' https://prom.example.com ');
    form.getByRole('combobox', { name: 'Sign-in' }).focus();
    await userEvent.keyboard('{Enter}{ArrowDown}{Enter}');
    await userEvent.type(form.getByLabelText('Token'), 't0ken');
    expect(form.getByLabelText('Token').getAttribute('type')).toBe('password');
    await userEvent.click(save());
    await waitFor(() => expect(calls.filter((call) => call.operation === 'contexts.check')).toHaveLength(2));
    expect(saved()).toEqual([
      {
        context: 'kind-local',
        prometheus_url: 'https://prom.example.com',
        prometheus_auth: 'bearer',
        prometheus_username: null,
        prometheus_secret: 't0ken',
      },
    ]);
    expect(document.body.textContent).not.toContain('t0ken');
  });

  it('saves no address that cannot be tried', async () => {
    const { form, saved, save } = await open();
    expect(save().disabled).toBe(true);
    await userEvent.type(form.getByLabelText('Address of Prometheus'), 'prometheus:9090{Enter}');
    expect(form.getByText('Only http:// and https:// work.')).toBeTruthy();
    await userEvent.click(save());
    expect(saved()).toEqual([]);
  });

  it('stays open and says why it could not be saved', async () => {
    const { form, save, calls } = await open({
      updateSettings: async () => {
        throw new ORPCError('BAD_REQUEST', { message: 'Not so.', data: { failure: 'bad-input', hint: 'But so.' } });
      },
    });
    await userEvent.type(form.getByLabelText('Address of Prometheus'), 'https://prom.example.com');
    await userEvent.click(save());
    expect((await form.findByRole('alert')).textContent).toBe('Not so.But so.');
    expect((form.getByLabelText('Address of Prometheus') as HTMLInputElement).value).toBe('https://prom.example.com');
    expect(calls.filter((call) => call.operation === 'contexts.check')).toHaveLength(1);
  });
});
