import type { SleepPeriod } from '../draft.ts';
import { percent } from './autoscaler-manifest.ts';
import { patchBody } from './patch.ts';
import { shellLine } from './shell.ts';
import { deedOf, type WorkloadChange } from './workload-change.ts';

/** Commands that do what the patch says, one a line. */
export function kubectlLines(change: WorkloadChange): string[] {
  const { spec, deeds } = change;
  const kind = spec.kind.toLowerCase();
  const inNamespace = ['-n', spec.namespace];
  if (deedOf(deeds, 'delete') !== null) return [command('delete', kind, spec.name, ...inNamespace)];
  const lines: string[] = [];
  const isScale = deedOf(deeds, 'scaleToZero') !== null && spec.kind !== 'CronJob';
  if (isScale) lines.push(scale(change, 0));
  const body = patchBody(isScale ? { ...change, deeds: deeds.filter((deed) => deed.kind !== 'scaleToZero') } : change);
  if (body !== null) {
    const resize = spec.kind === 'Pod' ? ['--subresource=resize'] : [];
    const patch = ['--type=strategic', '-p', JSON.stringify(body)];
    lines.push(command('patch', kind, spec.name, ...inNamespace, ...resize, ...patch));
  }
  const autoscale = deedOf(deeds, 'autoscale');
  if (autoscale !== null) {
    const values = [`--min=${autoscale.min}`, `--max=${autoscale.max}`, `--cpu-percent=${percent(autoscale)}`];
    lines.push(command('autoscale', kind, spec.name, ...inNamespace, ...values));
  }
  const sleep = deedOf(deeds, 'sleep');
  return sleep === null ? lines : [...lines, ...sleep.periods.flatMap((each) => byHand(change, each, sleep.timeZone))];
}

/** Comments: pasted with the rest they do nothing, as they belong to an hour. Names in them have no line breaks. */
function byHand(change: WorkloadChange, { days, fromHour, toHour }: SleepPeriod, timeZone: string): string[] {
  const at = (hour: number) => `${String(hour % 24).padStart(2, '0')}:00 ${timeZone}`;
  const when = (hour: number, first: string) => `# ${first}, ${days} ${at(hour)}: `;
  const back = change.spec.replicas ?? 1;
  if (fromHour === 0 && toHour === 24) {
    const [words, ends] = days === 'weekend' ? ['the weekend begins:', 'it ends:'] : ['weekdays begin:', 'they end:'];
    return [`# By hand, when ${words} ${scale(change, 0)}`, `# when ${ends} ${scale(change, back)}`];
  }
  return [`${when(fromHour, 'By hand')}${scale(change, 0)}`, `${when(toHour, 'and back')}${scale(change, back)}`];
}

function scale({ spec }: WorkloadChange, replicas: number): string {
  return command('scale', spec.kind.toLowerCase(), spec.name, '-n', spec.namespace, `--replicas=${replicas}`);
}

function command(...words: string[]): string {
  return `kubectl ${shellLine(words)}`;
}
