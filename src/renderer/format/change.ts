import { threeDigits, withDecimals } from './digits.ts';
import { isMissing } from './parts.ts';

/** Less is better for all that Podwatt counts; below 1 % (or 0.1 point) nothing is coloured. */
export type Tone = 'good' | 'bad' | 'neutral';
export interface Change {
  readonly text: string;
  readonly tone: Tone;
}

type Amount = number | null | undefined;

const signed = (value: number, decimals: number): string => {
  const text = withDecimals(value, decimals);
  return Number(value.toFixed(decimals)) > 0 ? `+${text}` : text;
};
const toneOf = (value: number, from: number): Tone => (Math.abs(value) < from ? 'neutral' : value < 0 ? 'good' : 'bad');

/** `−9.5 %` from the period before to now; null where there is nothing to compare with. */
export function formatChange(now: Amount, before: Amount): Change | null {
  if (isMissing(now) || isMissing(before) || before <= 0) return null;
  const percent = (now / before - 1) * 100;
  if (percent >= 1000) return { text: `${threeDigits(now / before)} times`, tone: 'bad' };
  return { text: `${signed(percent, 1)} %`, tone: toneOf(percent, 1) };
}

/** `+0.6 pt`: change of a share (of 1) in points. */
export function formatPoints(now: Amount, before: Amount): Change | null {
  if (isMissing(now) || isMissing(before)) return null;
  const points = (now - before) * 100;
  return { text: `${signed(points, 1)} pt`, tone: toneOf(points, 0.1) };
}

/** `44 %` in tables: whole percents from 10 up, one decimal below. */
export function formatPercent(share: Amount): string {
  if (isMissing(share)) return 'no data';
  const percent = share * 100;
  if (percent > 0 && percent < 0.05) return '<0.1 %';
  return `${withDecimals(percent, percent === 0 || Math.abs(percent) >= 9.95 ? 0 : 1)} %`;
}
