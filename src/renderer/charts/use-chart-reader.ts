import { type KeyboardEvent, type MouseEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { bucketAt } from './buckets.ts';
import { type Cursor, readKey } from './cursor.ts';
import { type Frame, plotHeight } from './frame.ts';
import { groupKind } from './groups.ts';
import type { StackData } from './stack.ts';
import { seriesAt, timeAt } from './stack-paths.ts';

export interface TimeRangeMs {
  readonly startMs: number;
  readonly endMs: number;
}

interface Deps {
  readonly data: StackData;
  readonly tz: string;
  readonly frame: Frame;
  readonly max: number;
  readonly onZoom?: (range: TimeRangeMs) => void;
  readonly onZoomBack?: (() => void) | undefined;
  readonly onDrill?: (seriesKey: string) => void;
  readonly onExplain?: (cursor: Cursor) => void;
  readonly onTable?: () => void;
  readonly onSpeak: (cursor: Cursor | null) => void;
}

interface Drag {
  readonly fromPx: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Below this many pixels a press is a click, not a selection. */
const DRAG_FROM_PX = 6;
/** A click waits this long where a double click has a meaning of its own. */
const DOUBLE_CLICK_MS = 240;

/** Pointer and keys over a chart: where the cursor stands, what is being dragged, and the handlers for its surface. */
export function useChartReader(deps: Deps) {
  const { data, frame, max, tz } = deps;
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const press = useRef<Drag | null>(null);
  const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(waiting.current), []);

  const standing = cursor !== null && cursor.index < data.buckets.length ? cursor : null;
  const canDrill = (key: string | null): key is string =>
    key !== null && groupKind(key) !== 'other' && data.kind !== 'power';

  const place = (event: PointerEvent | MouseEvent): { px: number; atMs: number; cursor: Cursor | null } => {
    const box = event.currentTarget.getBoundingClientRect();
    const px = event.clientX - box.left;
    const atMs = timeAt(data, frame, px);
    const index = bucketAt(data.buckets, Math.min(atMs, (data.buckets.at(-1)?.endMs ?? 1) - 1));
    const value = ((frame.height - frame.bottom - (event.clientY - box.top)) / plotHeight(frame)) * max;
    const inside = index >= 0 && px >= frame.left - 4;
    return { px, atMs, cursor: inside ? { index, seriesKey: seriesAt(data, index, value) } : null };
  };

  const drill = (target: Cursor): void => {
    if (canDrill(target.seriesKey) && deps.onDrill !== undefined) deps.onDrill(target.seriesKey);
  };

  const zoomTo = (fromMs: number, toMs: number): void => {
    const first = data.buckets[Math.max(0, bucketAt(data.buckets, Math.min(fromMs, toMs)))];
    const last = data.buckets[bucketAt(data.buckets, Math.max(fromMs, toMs) - 1)] ?? first;
    if (first !== undefined && last !== undefined) deps.onZoom?.({ startMs: first.startMs, endMs: last.endMs });
  };

  const handlers = {
    onPointerMove: (event: PointerEvent) => {
      const here = place(event);
      const from = press.current;
      if (from !== null && deps.onZoom !== undefined && Math.abs(here.px - from.fromPx) >= DRAG_FROM_PX) {
        setDrag({ ...from, toMs: here.atMs });
      }
      setCursor(here.cursor);
    },
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      const here = place(event);
      press.current = { fromPx: here.px, fromMs: here.atMs, toMs: here.atMs };
      event.currentTarget.setPointerCapture?.(event.pointerId);
    },
    onPointerUp: (event: PointerEvent) => {
      const from = press.current;
      press.current = null;
      if (from === null) return;
      const here = place(event);
      if (drag !== null) {
        setDrag(null);
        zoomTo(from.fromMs, here.atMs);
        return;
      }
      const target = here.cursor;
      if (target === null) return;
      clearTimeout(waiting.current);
      if (deps.onZoomBack === undefined) drill(target);
      else waiting.current = setTimeout(() => drill(target), DOUBLE_CLICK_MS);
    },
    onPointerLeave: () => {
      if (press.current === null) setCursor(null);
    },
    onPointerCancel: () => {
      press.current = null;
      setDrag(null);
    },
    onDoubleClick: () => {
      clearTimeout(waiting.current);
      deps.onZoomBack?.();
    },
    onBlur: () => setCursor(null),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 't' || event.key === 'T') {
        if (deps.onTable === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        deps.onTable();
        return;
      }
      const deed = readKey(data, standing, event.key, event.shiftKey, tz);
      if (deed === null || (deed.kind === 'explain' && deps.onExplain === undefined)) return;
      event.preventDefault();
      event.stopPropagation();
      switch (deed.kind) {
        case 'move':
          setCursor(deed.cursor);
          deps.onSpeak(deed.cursor);
          return;
        case 'leave':
          setCursor(null);
          deps.onSpeak(null);
          return;
        case 'explain':
          deps.onExplain?.(deed.cursor);
          return;
        case 'drill': {
          const bucket = data.buckets[deed.cursor.index];
          if (canDrill(deed.cursor.seriesKey)) drill(deed.cursor);
          else if (bucket !== undefined) zoomTo(bucket.startMs, bucket.endMs);
        }
      }
    },
  };
  return { cursor: standing, drag, handlers, overSeries: canDrill(standing?.seriesKey ?? null) };
}
