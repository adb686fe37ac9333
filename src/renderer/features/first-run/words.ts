import type { ContextItem, ProgressPhase } from '../../../contract/schemas/contexts.ts';
import { formatCount } from '../../format/digits.ts';
import { formatDuration } from '../../format/time.ts';

/** Title and sentence at the head of the page. */
export function headline(context: ContextItem | null, isReading = false): { title: string; body: string } {
  if (context === null) {
    return {
      title: 'Where does your carbon come from?',
      body: 'Choose a cluster. Podwatt reads only; nothing connects until you choose.',
    };
  }
  const title = `First look at ${context.name}`;
  if (!isReading) return { title, body: 'Podwatt looks for what it can read. Nothing is stored yet.' };
  return { title, body: 'You can start using Podwatt now; figures fill in as they arrive.' };
}

const PHASES: Record<ProgressPhase['name'], string> = {
  inventory: 'Nodes and pods',
  usage: 'Usage, hour by hour',
  attribution: 'Energy and attribution',
  grid: 'Grid intensity',
  cost: 'Cost',
};
export const phaseName = (phase: ProgressPhase): string => PHASES[phase.name];

/** Right end of a phase's row: how far it is, what it found, or why it stands. */
export function phaseText(phase: ProgressPhase): string {
  switch (phase.state) {
    case 'waiting':
      return 'waiting';
    case 'stopped':
      return 'stopped';
    case 'failed':
      return 'failed';
    case 'running':
    case 'done':
      if (phase.total === 0) return phase.detail === '' ? 'nothing to read' : phase.detail;
      // Hours and windows tell how far it is; of objects, what was found tells more than their number.
      if (phase.unit === 'objects' && /\d/.test(phase.detail)) return phase.detail;
      return `${formatCount(phase.done)} of ${formatCount(phase.total)} ${phase.unit}`;
  }
}

/** `about 40 s left`; nothing while unknown. */
export function leftText(secondsLeft: number | null): string {
  return secondsLeft === null ? '' : `about ${formatDuration(secondsLeft)} left`;
}
