import type { Failure } from '../../model/failure.ts';
import type { RunNotice } from './run-state.ts';

export const NOT_FOLLOWED: RunNotice = {
  code: 'not-followed',
  message: 'Its objects are not followed from here now, so nothing is analysed anew',
  hint: 'Switch its collection on, and see that its API server can be reached.',
};

export const READ_ONLY: RunNotice = {
  code: 'read-only',
  message: 'The results store may only be read from here: what it holds is shown, and nothing is analysed anew',
  hint: 'Whoever collects this cluster analyses it.',
};

export function heldNotice(holderName: string): RunNotice {
  const hint = 'What it finds is shown here.';
  return { code: 'held-elsewhere', message: `Another Podwatt analyses this cluster: ${holderName}`, hint };
}

export function failedNotice({ code, message, hint }: Failure): RunNotice {
  const kept = 'What was found before is shown.';
  return {
    code: code === 'store-away' ? code : 'analysis-failed',
    message,
    hint: hint === null ? kept : `${hint} ${kept}`,
  };
}

/** A history that is shorter than the look-back, by more than a few gaps. */
export function shortHistory(hoursObserved: number, hoursPossible: number): readonly RunNotice[] {
  if (hoursObserved >= 0.9 * hoursPossible) return [];
  const message = `Only ${hoursObserved} of the ${hoursPossible} hours of the look-back have data`;
  return [{ code: 'short-history', message, hint: 'What needs more history than there is is left out.' }];
}
