import { act, render, renderHook, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EmptyState } from '../../../../src/renderer/ui/EmptyState.tsx';
import { Figure } from '../../../../src/renderer/ui/Figure.tsx';
import { Panel, type PanelState } from '../../../../src/renderer/ui/Panel.tsx';
import { Skeleton } from '../../../../src/renderer/ui/Skeleton.tsx';
import { useDelayed } from '../../../../src/renderer/ui/use-delayed.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (milliseconds: number) => act(() => void vi.advanceTimersByTime(milliseconds));
const greyLines = () => document.querySelectorAll('.skeleton').length;

const panel = (state: PanelState, padded = true) => (
  <Panel title="Carbon" state={state} padded={padded}>
    <p>figures</p>
  </Panel>
);

describe('useDelayed', () => {
  it('waits out its time, and starts anew when it is asked again', () => {
    const { result, rerender } = renderHook(({ active }) => useDelayed(active, 400), {
      initialProps: { active: true },
    });
    pass(399);
    expect(result.current).toBe(false);
    pass(1);
    expect(result.current).toBe(true);
    rerender({ active: false });
    expect(result.current).toBe(false);
    rerender({ active: true });
    expect(result.current).toBe(false);
    pass(400);
    expect(result.current).toBe(true);
  });

  it('leaves no clock behind', () => {
    const { unmount } = renderHook(() => useDelayed(true));
    expect(vi.getTimerCount()).toBe(1);
    unmount();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('Panel while it loads', () => {
  it('never flickers where the answer comes within 200 ms', () => {
    const { rerender } = render(panel({ kind: 'loading' }));
    pass(150);
    expect(greyLines()).toBe(0);
    rerender(panel({ kind: 'ready' }));
    pass(500);
    expect(greyLines()).toBe(0);
    expect(screen.getByText('figures')).toBeTruthy();
  });

  it('is busy for readers at once, with the name of what is on its way', () => {
    const { rerender } = render(panel({ kind: 'loading' }, false));
    expect(screen.getByRole('region', { name: 'Carbon' }).getAttribute('aria-busy')).toBe('true');
    expect(screen.getByRole('status', { name: 'Loading Carbon' })).toBeTruthy();
    pass(200);
    expect(greyLines()).toBe(5);
    rerender(panel({ kind: 'ready' }, false));
    expect(screen.getByRole('region').getAttribute('aria-busy')).toBe('false');
  });

  it('shows a shape of its own in place of the lines', () => {
    render(
      <Panel title="Carbon" state={{ kind: 'loading' }} skeleton={<p>shape of a chart</p>}>
        figures
      </Panel>,
    );
    pass(300);
    expect(greyLines()).toBe(0);
    expect(screen.getByText('shape of a chart')).toBeTruthy();
  });

  it('waits anew each time it loads again', () => {
    const { rerender } = render(panel({ kind: 'loading' }));
    pass(200);
    expect(greyLines()).toBe(5);
    rerender(panel({ kind: 'ready' }));
    rerender(panel({ kind: 'loading' }));
    expect(greyLines()).toBe(0);
  });
});

describe('Panel in its other states', () => {
  it('keeps the figures beside the sentence that says what is missing', () => {
    render(
      panel({ kind: 'partial', message: '5 of 168 hours are missing.', action: <button type="button">Why</button> }),
    );
    const notice = screen.getByRole('status');
    expect(notice.textContent).toContain('5 of 168 hours are missing.');
    expect(within(notice).getByRole('button', { name: 'Why' })).toBeTruthy();
    expect(screen.getByText('figures')).toBeTruthy();
    expect(notice.compareDocumentPosition(screen.getByText('figures'))).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });

  it('hides old figures where it failed or is empty', () => {
    const { rerender } = render(panel({ kind: 'failed', error: new Error('x') }));
    expect(screen.queryByText('figures')).toBeNull();
    expect(screen.getByRole('alert')).toBeTruthy();
    rerender(panel({ kind: 'empty', content: <EmptyState title="Nothing ran" /> }));
    expect(screen.queryByText('figures')).toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByText('Nothing ran')).toBeTruthy();
  });

  it('is ready where no state is given, with its actions in its head', () => {
    render(
      <Panel title="Nodes" actions={<button type="button">Columns</button>}>
        rows
      </Panel>,
    );
    const region = within(screen.getByRole('region', { name: 'Nodes' }));
    expect(region.getByRole('heading', { level: 2, name: 'Nodes' })).toBeTruthy();
    expect(region.getByRole('button', { name: 'Columns' })).toBeTruthy();
    expect(region.getByText('rows')).toBeTruthy();
  });
});

describe('Figure and Skeleton', () => {
  it('wait 200 ms too', () => {
    render(
      <>
        <Figure label="Carbon" parts={null} />
        <Skeleton rows={7} label="Loading rows" />
      </>,
    );
    expect(greyLines()).toBe(0);
    pass(200);
    expect(greyLines()).toBe(2 + 7);
    expect(screen.getByText('Carbon').closest('[aria-busy="true"]')).toBeTruthy();
  });
});
