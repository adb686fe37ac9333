import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { bucketAt } from './buckets.ts';
import { type Frame, plotWidth } from './frame.ts';
import type { IntensityData } from './intensity.ts';
import type { TimeRangeMs } from './use-chart-reader.ts';

interface Deps {
  readonly data: IntensityData;
  readonly frame: Frame;
  readonly onZoom?: (range: TimeRangeMs) => void;
  readonly onTable?: () => void;
  readonly onSpeak: (index: number | null) => void;
}

/** Below this many pixels a press is a click, not a selection. */
const DRAG_FROM_PX = 6;

/** Pointer and keys over the chart of a zone: which point is read, and the stretch that is dragged over. */
export function useIntensityReader({ data, frame, onZoom, onTable, onSpeak }: Deps) {
  const [index, setIndex] = useState<number | null>(null);
  const [drag, setDrag] = useState<TimeRangeMs | null>(null);
  const press = useRef<{ readonly px: number; readonly atMs: number } | null>(null);
  const last = data.points.length - 1;
  const here = index !== null && index <= last ? index : null;

  const place = (event: PointerEvent): { px: number; atMs: number } => {
    const px = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const share = Math.min(1, Math.max(0, (px - frame.left) / plotWidth(frame)));
    return { px, atMs: data.fromMs + share * (data.toMs - data.fromMs) };
  };
  const move = (to: number): void => {
    const next = Math.min(last, Math.max(0, to));
    setIndex(next);
    onSpeak(next);
  };
  const handlers = {
    onPointerMove: (event: PointerEvent) => {
      const { px, atMs } = place(event);
      const from = press.current;
      if (from !== null && onZoom !== undefined && Math.abs(px - from.px) >= DRAG_FROM_PX) {
        setDrag({ startMs: Math.min(from.atMs, atMs), endMs: Math.max(from.atMs, atMs) });
      }
      const found = bucketAt(data.points, atMs);
      setIndex(found < 0 ? null : found);
    },
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      press.current = place(event);
      event.currentTarget.setPointerCapture?.(event.pointerId);
    },
    onPointerUp: () => {
      press.current = null;
      if (drag === null) return;
      setDrag(null);
      const hour = 3_600_000;
      const startMs = Math.floor(drag.startMs / hour) * hour;
      onZoom?.({ startMs, endMs: Math.max(startMs + hour, Math.ceil(drag.endMs / hour) * hour) });
    },
    onPointerLeave: () => {
      if (press.current === null) setIndex(null);
    },
    onPointerCancel: () => {
      press.current = null;
      setDrag(null);
    },
    onBlur: () => setIndex(null),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || last < 0) return;
      const deed = deeds(here, last, event.shiftKey)[event.key];
      if (deed !== undefined) move(deed);
      else if (event.key.toLowerCase() === 't' && onTable !== undefined) onTable();
      else if (event.key === 'Escape' && here !== null) {
        setIndex(null);
        onSpeak(null);
      } else return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
  return { index: here, drag, handlers };
}

const DAY_POINTS = 24;

function deeds(here: number | null, last: number, isShift: boolean): Readonly<Record<string, number>> {
  const step = isShift ? DAY_POINTS : 1;
  return {
    ArrowLeft: here === null ? last : here - step,
    ArrowRight: here === null ? 0 : here + step,
    Home: 0,
    End: last,
  };
}
