import { ORPCError } from '@orpc/client';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { ClusterItem, ContextItem } from '../../../../src/contract/schemas/contexts.ts';
import type { Cluster } from '../../../../src/contract/schemas/kubernetes/clusters.ts';
import { AllClustersTable } from '../../../../src/renderer/features/clusters/AllClustersTable.tsx';
import { ClusterCard } from '../../../../src/renderer/features/clusters/ClusterCard.tsx';
import { cardsOf, idOf } from '../../../../src/renderer/features/clusters/cluster-cards.ts';
import { clusters, contexts, summary } from '../../../fakes/client/answers.ts';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { kubeCluster, kubernetesAnswers } from '../../../fakes/router/kubernetes-answers.ts';

const [eu, us] = clusters.clusters as [ClusterItem, ClusterItem];
const context = contexts.contexts[0] as ContextItem;
const known = (grams: number, cost: number) => ({ grams, lowGrams: grams / 2, highGrams: 2 * grams, cost });
const month = (...figures: [string, ReturnType<typeof known>][]) => ({
  name: 'November',
  figures: new Map(figures),
  error: null,
});

describe('clusters side by side', () => {
  const show = (currency: string, part = month(['c-eu', known(40_000, 1204.4)], ['c-us', known(500, 90)])) =>
    renderPart(
      <AllClustersTable
        rows={[
          { cluster: eu, summary: summary('c-eu') },
          { cluster: us, summary: { ...summary('c-us'), currency } },
        ]}
        month={part}
        note="7 days"
      />,
    );
  const cells = async (row: number) => {
    const table = within(await screen.findByRole('table', { name: 'All collecting clusters' }));
    const names = table.getAllByRole('columnheader').map(({ textContent }) => textContent ?? '');
    const values = within(table.getAllByRole('row')[row]!).getAllByRole('cell');
    return { names, of: (name: string) => values[names.indexOf(name)]?.textContent };
  };

  it('have the month in one unit, and its sum', async () => {
    show('EUR');
    const [first, second, foot] = [await cells(1), await cells(2), await cells(3)];
    expect(first.of('Cluster')).toBe('prod-us-east-1');
    expect([first, second, foot].map(({ of }) => of('November, kg CO₂e'))).toEqual(['0.50', '40.0', '40.5']);
    expect([first, second, foot].map(({ of }) => of('November, €'))).toEqual(['90.00', '1,204', '1,294']);
  });

  it('add no money of different currencies, and name each', async () => {
    show('USD');
    const [first, second, foot] = [await cells(1), await cells(2), await cells(3)];
    expect(first.names).toContain('November, cost');
    expect([first, second, foot].map(({ of }) => of('November, cost'))).toEqual(['$90.00', '€1,204', 'mixed']);
    expect(foot.of('November, kg CO₂e')).toBe('40.5');
  });

  it('say what is not known of the month, and sum nothing then', async () => {
    show('EUR', { ...month(), figures: null as never });
    const [first, foot] = [await cells(1), await cells(3)];
    expect([first.of('November, g CO₂e'), first.of('November, €'), foot.of('November, g CO₂e')]).toEqual([
      'no data',
      'no data',
      'no data',
    ]);
    expect(foot.of('kg CO₂e')).toBe('77.0');
  });

  it('a row opens the overview with Enter; the arrows go from row to row', async () => {
    const { address } = show('EUR');
    const table = within(await screen.findByRole('table', { name: 'All collecting clusters' }));
    const [first, second] = table.getAllByRole('row').slice(1);
    first?.focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(second);
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(address()).toContain('cluster=c-eu'));
  });
});

describe('the menu of a card', () => {
  const entry: Cluster = { ...kubeCluster, id: 'c-eu' };
  const show = (part: { context?: ContextItem | null; entry?: Cluster | null }, k8s: FakeOperations['k8s'] = {}) => {
    const card = { key: 'k', name: 'prod', context: part.context === undefined ? context : part.context, cluster: eu };
    const answer = { summary: summary('c-eu'), error: null, updatedAtMs: Date.now(), onRetry: () => undefined };
    return renderPart(
      <ClusterCard card={card} answer={answer} entry={part.entry === undefined ? entry : part.entry} />,
      { k8s: { health: async () => kubernetesAnswers.health, ...k8s } },
      '/?tz=UTC',
    );
  };
  const items = async () => {
    (await screen.findByRole('button', { name: 'More about prod' })).focus();
    await userEvent.keyboard('{Enter}');
    return (await screen.findAllByRole('menuitem')).map(({ textContent }) => textContent);
  };

  it('opens with Enter, and has what can be done with a known cluster', async () => {
    show({});
    expect(await items()).toEqual([
      'Open the overview',
      'Check what can be read',
      'Settings of this cluster',
      'Open the cluster',
      'Pause',
      'Remove',
    ]);
  });

  it('of the sample: its page, but no pause and no removal', async () => {
    show({ context: { ...context, is_sample: true } });
    expect(await items()).toEqual(['Open the overview', 'Settings of this cluster', 'Open the cluster']);
  });

  it('of one that the registry does not know, nothing of the registry', async () => {
    show({ entry: null });
    expect(await items()).toEqual(['Open the overview', 'Check what can be read', 'Settings of this cluster']);
  });

  it('of figures without a context: they can still be looked at and removed', async () => {
    show({ context: null });
    expect(await items()).toEqual(['Open the overview', 'Open the cluster', 'Pause', 'Remove']);
  });

  it('a removal that is refused says why, and removes nothing', async () => {
    const { calls } = show(
      {},
      {
        removal: async () => kubernetesAnswers.removal,
        remove: async () => {
          throw new ORPCError('CONFLICT', {
            message: 'Another Podwatt collects it',
            data: { failure: 'conflict', hint: 'Stop that one.' },
          });
        },
      },
    );
    await items();
    await userEvent.click(screen.getByRole('menuitem', { name: 'Remove' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Remove shop?' }));
    await userEvent.click(await dialog.findByRole('button', { name: 'Remove cluster' }));
    expect((await dialog.findByRole('alert')).textContent).toBe('Another Podwatt collects itStop that one.');
    await userEvent.click(dialog.getByRole('button', { name: 'Keep it' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(calls.filter(({ operation }) => operation === 'k8s.remove')).toHaveLength(1);
  });
});

describe('whose card it is', () => {
  it('is known by its cluster, else by its context, else not at all', () => {
    const of = (name: string) => cardsOf(contexts.contexts, clusters.clusters).find((card) => card.name === name)!;
    expect(idOf(of('prod-eu-west-1'))).toBe('c-eu');
    expect(idOf({ ...of('prod-eu-west-1'), cluster: null })).toBe('c-eu');
    expect(idOf(of('kind-local'))).toBeNull();
    expect(idOf({ ...of('kind-local'), context: null, cluster: us })).toBe('c-us');
  });
});
