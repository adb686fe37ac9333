import { ORPCError } from '@orpc/client';
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EmptyState } from '../../../../src/renderer/ui/EmptyState.tsx';
import { Panel, type PanelState } from '../../../../src/renderer/ui/Panel.tsx';
import { Progress } from '../../../../src/renderer/ui/Progress.tsx';
import { panelStateOf } from '../../../../src/renderer/ui/panel-state.ts';
import { Body, Cell, Foot, Head, HeadCell, Row, Table } from '../../../../src/renderer/ui/Table.tsx';

afterEach(() => vi.useRealTimers());

const refused = new ORPCError('FORBIDDEN', {
  message: 'Prometheus refused the query.',
  data: { failure: 'forbidden', hint: 'Other panels still use what is stored.' },
});

function show(state: PanelState) {
  return render(
    <Panel title="Carbon by namespace" note="g CO₂e per 2 h" state={state} footer="foot">
      <p>the figures</p>
    </Panel>,
  );
}

describe('Panel', () => {
  it('keeps its frame in every state', () => {
    const states: PanelState[] = [
      { kind: 'ready' },
      { kind: 'loading' },
      { kind: 'failed', error: refused },
      { kind: 'partial', message: '5 of 168 hours are missing.' },
      { kind: 'empty', content: <EmptyState title="No figures before 12 November" /> },
    ];
    for (const state of states) {
      const { unmount } = show(state);
      const region = screen.getByRole('region', { name: 'Carbon by namespace' });
      expect(region.querySelector('footer')?.textContent).toBe('foot');
      expect(region.textContent).toContain('g CO₂e per 2 h');
      expect(screen.queryByText('the figures') !== null).toBe(state.kind === 'ready' || state.kind === 'partial');
      unmount();
    }
  });

  it('shows grey lines only after 200 ms', () => {
    vi.useFakeTimers();
    show({ kind: 'loading' });
    const lines = () => screen.getByRole('status').children.length;
    expect(lines()).toBe(0);
    act(() => void vi.advanceTimersByTime(199));
    expect(lines()).toBe(0);
    act(() => void vi.advanceTimersByTime(1));
    expect(lines()).toBeGreaterThan(0);
  });

  it('says what failed, what to do, and tries again', async () => {
    let tries = 0;
    show({ kind: 'failed', error: refused, onRetry: () => (tries += 1) });
    expect(screen.getByRole('alert').textContent).toContain('Prometheus refused the query.Other panels still use');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(tries).toBe(1);
  });
});

describe('panelStateOf', () => {
  const base = { data: undefined, error: null, isPending: false, refetch: () => undefined };

  it('is loading, failed, empty or ready', () => {
    expect(panelStateOf({ ...base, isPending: true }).kind).toBe('loading');
    expect(panelStateOf({ ...base, error: refused })).toMatchObject({ kind: 'failed', error: refused });
    expect(panelStateOf({ ...base, data: [] }).kind).toBe('ready');
    expect(panelStateOf({ ...base, data: [] }, 'nothing')).toEqual({ kind: 'empty', content: 'nothing' });
  });

  it('keeps the last good figures when asking again fails, and says so', () => {
    expect(panelStateOf({ ...base, data: [1], error: refused }).kind).toBe('partial');
  });
});

describe('Table', () => {
  function example(opened: string[], sorted: string[] = []) {
    return (
      <Table label="Workloads">
        <Head>
          <HeadCell onSort={() => sorted.push('name')} sorted={null}>
            Workload
          </HeadCell>
          <HeadCell numeric onSort={() => sorted.push('co2e')} sorted="desc">
            kg
          </HeadCell>
        </Head>
        <Body>
          {['cart', 'search', 'pay'].map((name) => (
            <Row key={name} label={name} selected={name === 'pay'} onOpen={() => opened.push(name)}>
              <Cell>{name}</Cell>
              <Cell numeric>1</Cell>
            </Row>
          ))}
        </Body>
        <Foot>
          <Cell>All</Cell>
          <Cell numeric>3</Cell>
        </Foot>
      </Table>
    );
  }

  it('moves with the arrow keys and opens with Enter or a click', async () => {
    const opened: string[] = [];
    render(example(opened));
    screen.getByRole('row', { name: 'cart' }).focus();
    await userEvent.keyboard('{ArrowDown}{Enter}{ArrowDown}{ArrowDown}{Enter}{ArrowUp}{ArrowUp}{ArrowUp}{Enter}');
    await userEvent.click(screen.getByText('search'));
    expect(opened).toEqual(['search', 'pay', 'cart', 'search']);
  });

  it('says how it is sorted and which row is chosen', async () => {
    const sorted: string[] = [];
    render(example([], sorted));
    expect(screen.getAllByRole('columnheader').map((cell) => cell.getAttribute('aria-sort'))).toEqual([
      'none',
      'descending',
    ]);
    await userEvent.click(screen.getByRole('button', { name: 'Workload' }));
    expect(sorted).toEqual(['name']);
    expect(screen.getByRole('row', { name: 'pay' }).getAttribute('aria-current')).toBe('true');
    expect(screen.getByRole('table', { name: 'Workloads' }).querySelector('tfoot')?.textContent).toBe('All3');
  });
});

describe('Progress', () => {
  it('tells its value, and none while the total is unknown', () => {
    const { rerender } = render(<Progress label="Usage" done={112} total={168} />);
    expect(screen.getByRole('progressbar', { name: 'Usage' }).getAttribute('aria-valuenow')).toBe('112');
    rerender(<Progress label="Usage" done={0} total={0} />);
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBeNull();
  });
});
