import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { RecommendationItem } from '../../../../src/contract/schemas/recommendations.ts';
import { ApplyDialog } from '../../../../src/renderer/features/recommendations/ApplyDialog.tsx';
import { useDecisions } from '../../../../src/renderer/features/recommendations/use-decisions.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { applied, openItems, recommendation } from '../../../fakes/client/savings-answers.ts';
import { type Recommendations, refusal } from './page.tsx';

const [, , cpu] = openItems;
const GIBIBYTE = 2 ** 30;

function Host({ item }: { item: RecommendationItem }) {
  const [isOpen, setOpen] = useState(true);
  const decisions = useDecisions(() => setOpen(false));
  return isOpen ? <ApplyDialog item={item} decisions={decisions} onClose={() => setOpen(false)} /> : <p>closed</p>;
}

async function open(item: RecommendationItem, recommendations: Recommendations = {}) {
  const view = renderPart(<Host item={item} />, { recommendations }, '/?tz=UTC');
  const dialog = within(await screen.findByRole('dialog', { name: 'Mark as applied' }));
  const field = (name: string) => dialog.getByRole('textbox', { name: `${name}, as set` });
  const type = (name: string, value: string) => fireEvent.change(field(name), { target: { value } });
  const done = () => fireEvent.click(dialog.getByRole('button', { name: 'Mark as applied' }));
  const inputs = () =>
    view.calls.filter(({ operation }) => operation === 'recommendations.apply').map(({ input }) => input);
  return { ...view, dialog, field, type, done, inputs };
}
const canBeDone = (dialog: ReturnType<typeof within>) =>
  !dialog.getByRole('button', { name: 'Mark as applied' }).hasAttribute('disabled');

beforeEach(() => localStorage.clear());

describe('as recommended', () => {
  it('sends nothing but the id', async () => {
    const { done, inputs } = await open(cpu);
    done();
    await screen.findByText('closed');
    expect(inputs()).toEqual([{ id: 'r-cpu', actual: {} }]);
  });

  it('says that the cluster is left alone', async () => {
    const { dialog } = await open(cpu);
    expect(dialog.getByText(/Podwatt changes nothing in the cluster/)).toBeTruthy();
  });

  it('keeps a note, without the blanks around it', async () => {
    const { dialog, done, inputs } = await open(cpu);
    fireEvent.change(dialog.getByRole('textbox', { name: 'Note' }), { target: { value: '  with release 12 ' } });
    done();
    await screen.findByText('closed');
    expect(inputs()).toEqual([{ id: 'r-cpu', actual: {}, reason: 'with release 12' }]);
  });

  it('leaves out a note of blanks', async () => {
    const { dialog, done, inputs } = await open(cpu);
    fireEvent.change(dialog.getByRole('textbox', { name: 'Note' }), { target: { value: '   ' } });
    done();
    await waitFor(() => expect(inputs()).toEqual([{ id: 'r-cpu', actual: {} }]));
  });
});

describe('the values', () => {
  const item = recommendation({
    id: 'r-many',
    recommended: {
      cpu_request: 600,
      cpu_limit: null,
      memory_request: 2 * GIBIBYTE,
      max_replicas: 6,
      cpu_target_percent: 70,
      schedule: '0 11 * * *',
    },
  });

  it('are those that stand in a manifest; what is null or only describes is not asked', async () => {
    const { dialog } = await open(item);
    expect(
      dialog
        .getAllByRole('textbox')
        .map((field) => [(field as HTMLInputElement).labels?.[0]?.textContent, (field as HTMLInputElement).value]),
    ).toEqual([
      ['CPU request, as set', '600m'],
      ['Memory request, as set', '2Gi'],
      ['Max replicas, as set', '6'],
      ['CPU target percent, as set', '70'],
      ['Note', ''],
    ]);
    expect(dialog.getByText('Recommended: 600m')).toBeTruthy();
    expect(dialog.getByText('Recommended: 2Gi')).toBeTruthy();
  });

  it.each([
    ['CPU request', '700m', { cpu_request: 700 }],
    ['CPU request', '1', { cpu_request: 1000 }],
    ['CPU request', '0.25', { cpu_request: 250 }],
    ['CPU request', '0', { cpu_request: 0 }],
    ['Memory request', '1536Mi', { memory_request: 1.5 * GIBIBYTE }],
    ['Memory request', '3221225472', { memory_request: 3 * GIBIBYTE }],
    ['Max replicas', '4', { max_replicas: 4 }],
    ['CPU target percent', '65', { cpu_target_percent: 65 }],
  ])('%s %s is sent in the unit of the operation', async (name, text, actual) => {
    const { type, done, inputs } = await open(item);
    type(name, text);
    done();
    await screen.findByText('closed');
    expect(inputs()).toEqual([{ id: 'r-many', actual }]);
  });

  it('typed and typed back sends nothing', async () => {
    const { type, done, inputs } = await open(item);
    type('CPU request', '700m');
    type('CPU request', '600m');
    done();
    await screen.findByText('closed');
    expect(inputs()).toEqual([{ id: 'r-many', actual: {} }]);
  });

  it.each([
    ['CPU request', ''],
    ['CPU request', 'much'],
    ['CPU request', '-1'],
    ['CPU request', '600mi'],
    ['CPU request', '1,5'],
    ['Memory request', '2GB'],
    ['Memory request', '2 Gi'],
    ['Max replicas', 'several'],
    ['Max replicas', '-2'],
    ['CPU target percent', '70 %'],
  ])('%s "%s" is not taken, and said at its field', async (name, text) => {
    const { dialog, field, type, inputs } = await open(item);
    type(name, text);
    expect(canBeDone(dialog)).toBe(false);
    expect(dialog.getAllByText(/As Kubernetes writes it/)).toHaveLength(1);
    // Enter in a field is the same question.
    fireEvent.submit(field(name).closest('form') as HTMLFormElement);
    expect(inputs()).toEqual([]);
  });
});

describe('refused', () => {
  it('409: it is applied already', async () => {
    const { dialog, done, inputs } = await open(cpu, {
      apply: refusal('It is applied and measured already', 'conflict', 'Its detail shows what was measured.'),
    });
    done();
    expect((await dialog.findByRole('alert')).textContent).toBe(
      'It is applied and measured alreadyIts detail shows what was measured.',
    );
    expect(inputs()).toHaveLength(1);
    expect(screen.queryByText('closed')).toBeNull();
  });

  it('503: what was typed stays, and it can be sent again', async () => {
    let works = false;
    const away = refusal('The store can’t be reached', 'store-away', 'Wait until it is back.');
    const { dialog, type, field, done, inputs } = await open(cpu, {
      apply: async () => (works ? applied : away()),
    });
    type('CPU request', '800m');
    done();
    expect((await dialog.findByRole('alert')).textContent).toContain('Wait until it is back.');
    expect(field('CPU request')).toHaveProperty('value', '800m');
    works = true;
    done();
    await screen.findByText('closed');
    expect(inputs()).toEqual([
      { id: 'r-cpu', actual: { cpu_request: 800 } },
      { id: 'r-cpu', actual: { cpu_request: 800 } },
    ]);
  });

  it('with something that is no failure of ours: words, and no stack', async () => {
    const { dialog, done } = await open(cpu, { apply: () => Promise.reject(new TypeError('x is not a function')) });
    done();
    const words = (await dialog.findByRole('alert')).textContent ?? '';
    expect(words).toContain('The answer could not be read');
    expect(words).not.toContain('x is not a function');
  });

  it('can not be sent twice at once', async () => {
    const answer = Promise.withResolvers<typeof applied>();
    const { dialog, done, inputs } = await open(cpu, { apply: () => answer.promise });
    done();
    await waitFor(() => expect(canBeDone(dialog)).toBe(false));
    done();
    expect(inputs()).toHaveLength(1);
    answer.resolve(applied);
    await screen.findByText('closed');
  });

  it('can be left', async () => {
    const { dialog, inputs } = await open(cpu);
    fireEvent.click(dialog.getByRole('button', { name: 'Cancel' }));
    await screen.findByText('closed');
    expect(inputs()).toEqual([]);
  });
});
