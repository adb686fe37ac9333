import { render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { NodeDetail } from '../../../../src/contract/schemas/nodes.ts';
import { CurvePanel } from '../../../../src/renderer/features/nodes/CurvePanel.tsx';
import { NodeFigures } from '../../../../src/renderer/features/nodes/NodeFigures.tsx';
import { NodeList } from '../../../../src/renderer/features/nodes/NodeList.tsx';
import { nodeLines } from '../../../../src/renderer/features/nodes/node-list.ts';
import { sample } from '../figures/sample-client.ts';
import { NODE_ITEMS, NOW_MS } from '../figures/sample-data.ts';

const items = (await sample.metrics!.breakdown!({ last: '7d', by: 'node' }))!.items;
const detail: NodeDetail = (await sample.nodes!.detail!({ last: '7d', cluster: 'c1', node: 'hyb-dub-01' }))!;
const lines = nodeLines(items, [...NODE_ITEMS]);
const line = lines[0]!;
const COVERED = 163 * 3600;
const query = (data: NodeDetail | undefined, error: unknown = null) => ({
  data,
  error,
  dataUpdatedAt: NOW_MS,
  refetch: vi.fn(),
});

describe('figures of a node', () => {
  const text = (props: Partial<Parameters<typeof NodeFigures>[0]> = {}): string => {
    const { container } = render(
      <NodeFigures line={line} detail={detail} coveredSeconds={COVERED} currency="EUR" spareCost={11.27} {...props} />,
    );
    return container.textContent ?? '';
  };

  it('shows power, carbon, CPU and spare capacity with their ranges', () => {
    expect(text()).toMatch(
      /Power.*80\.2W67\.4–96\.3.*Carbon.*4\.51kg3\.79–5\.41CPU used31%of 8 cores, 74 % reserved.*10%8\.00 W, €11\.27/,
    );
  });

  it('waits for the detail without inventing a CPU share', () => {
    expect(text({ detail: undefined })).toContain('CPU usedno data');
  });

  it('says nothing of reservation or money that is not known', () => {
    expect(text({ detail: { ...detail, reserved_cpu_share: null }, spareCost: null })).toMatch(
      /of 8 coresUnallocated.*8\.00 W$/,
    );
  });

  it('has no watts where nothing was collected', () => {
    expect(text({ coveredSeconds: 0 })).toMatch(/^Power.*no data/);
  });
});

describe('power curve of a node', () => {
  it('draws the model with its source', () => {
    render(<CurvePanel query={query(detail)} nowMs={NOW_MS} tz="UTC" />);
    expect(screen.getByText('Source: bundled table')).toBeTruthy();
    expect(screen.getByRole('img', { name: /^Power against CPU utilisation, model model for Xeon D/ })).toBeTruthy();
  });

  it('says that there is none, in place of an empty chart', () => {
    render(<CurvePanel query={query({ ...detail, curve: null })} nowMs={NOW_MS} tz="UTC" />);
    expect(screen.getByText('No power model for this node')).toBeTruthy();
    expect(screen.queryByRole('img')).toBeNull();
  });

  it('waits, and fails with a way to try again', () => {
    const { rerender } = render(<CurvePanel query={query(undefined)} nowMs={NOW_MS} tz="UTC" />);
    expect(screen.getByRole('region').getAttribute('aria-busy')).toBe('true');
    rerender(<CurvePanel query={query(undefined, new Error('boom'))} nowMs={NOW_MS} tz="UTC" />);
    expect(screen.getByRole('alert')).toBeTruthy();
  });
});

describe('list of nodes', () => {
  it('says of each node its watts and shares in words, whole names on hover', () => {
    const long = { ...line, name: 'ip-10-21-5-88.eu-west-3.compute.internal' };
    render(
      <NodeList
        lines={[long]}
        chosen={long}
        coveredSeconds={COVERED}
        grouping="type"
        onGrouping={vi.fn()}
        onChoose={vi.fn()}
      />,
    );
    const button = screen.getByRole('button', {
      name: /^ip-10-21-5-88\.eu-west-3\.compute\.internal: 80\.2 W, dynamic \d+ %, idle \d+ %, system \d/,
    });
    expect(button.textContent).toMatch(/ip-10-21-5-8880\.2$/);
    expect(screen.getByTitle('ip-10-21-5-88.eu-west-3.compute.internal')).toBeTruthy();
  });

  it('chooses on a click', () => {
    const onChoose = vi.fn();
    render(
      <NodeList
        lines={lines}
        chosen={null}
        coveredSeconds={COVERED}
        grouping="zone"
        onGrouping={vi.fn()}
        onChoose={onChoose}
      />,
    );
    screen.getByRole('button', { name: /^hyb-dub-02/ }).click();
    expect(onChoose.mock.calls[0]?.[0]?.name).toBe('hyb-dub-02');
    expect(screen.getByRole('heading', { name: 'dub-1' })).toBeTruthy();
  });
});
