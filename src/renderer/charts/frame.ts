/** Outer size and inner margins of a plot, in pixels. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const WIDEST_DIGIT = 7;
const LABEL_GAP = 10;

/** Margins that leave room for the longest label of the value axis, also in a wide system face. */
export function frameFor(width: number, height: number, labels: readonly string[], bottom = 22, right = 4): Frame {
  const longest = labels.reduce((most, label) => Math.max(most, label.length), 0);
  return { width, height, left: Math.max(40, longest * WIDEST_DIGIT + LABEL_GAP), right, top: 10, bottom };
}

export const plotWidth = (frame: Frame): number => Math.max(1, frame.width - frame.left - frame.right);
export const plotHeight = (frame: Frame): number => Math.max(1, frame.height - frame.top - frame.bottom);

/** Value (0 … max) → pixels from the top of the frame. */
export function valueY(frame: Frame, max: number): (value: number) => number {
  const floor = frame.height - frame.bottom;
  const perUnit = plotHeight(frame) / max;
  return (value) => floor - value * perUnit;
}

/** Position on the x axis (from … to) → pixels from the left of the frame. */
export function positionX(frame: Frame, from: number, to: number): (at: number) => number {
  const perUnit = plotWidth(frame) / Math.max(1e-9, to - from);
  return (at) => frame.left + (at - from) * perUnit;
}
