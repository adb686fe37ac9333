import { kwhOfJoules } from '../carbon/operational.ts';
import { BY_USE_REASON } from '../window/reasons.ts';
import { reproduces } from './formula.ts';
import { gpuStep } from './gpu.ts';
import { type NodeSteps, nodeSteps } from './node-power.ts';
import { reservationStep } from './reservation.ts';
import { cpuSecondsOf, type RowFacts } from './row-facts.ts';
import { powerWords, usageWords } from './source-words.ts';
import { type ExplainStep, stepOf, term, termOfStep } from './step.ts';
import { volumeStep } from './volume.ts';

/** IT energy of a row and everything below it: first the sum, then each part, then the node. */
export function energySteps(facts: RowFacts): ExplainStep[] {
  const { row, nodeWindow } = facts;
  const node = nodeWindow === null ? null : nodeSteps(nodeWindow);
  const parts: { symbol: string; steps: ExplainStep[] }[] = [];
  if (row.joulesDynamic > 0) parts.push({ symbol: 'dynamic', steps: dynamicSteps(facts, node) });
  if (row.joulesIdle > 0) parts.push({ symbol: 'idle', steps: idleSteps(facts, node) });
  if (row.joulesGpu > 0) parts.push({ symbol: 'gpu', steps: [gpuStep(facts)] });
  if (row.joulesStorage > 0) parts.push({ symbol: 'storage', steps: [volumeStep(row)] });
  const sum = stepOf({
    id: 'it-energy',
    title: 'IT energy',
    value: kwhOfJoules(row.joules),
    low: kwhOfJoules(row.joulesLow),
    high: kwhOfJoules(row.joulesHigh),
    unit: 'kWh',
    formula: parts.length === 0 ? '0' : parts.map(({ symbol }) => symbol).join(' + '),
    terms: parts.flatMap(({ symbol, steps: [first] }) => (first === undefined ? [] : [termOfStep(first, symbol)])),
    note: 'Before PUE.',
  });
  const isUsed = row.joulesDynamic > 0 || row.joulesIdle > 0;
  return [sum, ...parts.flatMap(({ steps }) => steps), ...(isUsed ? nodeBelow(facts, node) : [])];
}

function nodeBelow({ row }: RowFacts, node: NodeSteps | null): ExplainStep[] {
  if (node === null) return [];
  const { dynamic, idle, below } = node;
  return [...(row.joulesDynamic > 0 ? [dynamic] : []), ...(row.joulesIdle > 0 ? [idle] : []), ...below];
}

/** What work took: by CPU use where it is modelled, by the meter where the meter tells pods apart. */
function dynamicSteps(facts: RowFacts, node: NodeSteps | null): ExplainStep[] {
  const { row, nodeWindow } = facts;
  const base = { id: 'dynamic', title: 'Energy of work', value: kwhOfJoules(row.joulesDynamic), unit: 'kWh' };
  if (node === null || nodeWindow === null) return [stepOf({ ...base, ...stored('joules', base.value) })];
  const factor = nodeWindow.meterFactor;
  const tellsPods = !row.estimationReasons.includes(BY_USE_REASON);
  if (factor !== null && factor > 0 && tellsPods) return [stepOf({ ...base, ...byMeter(facts, factor, base.value) })];
  const at = { ...usageWords(row.sources.usage), atSeconds: row.startSeconds };
  const cpu = facts.nodeRows.reduce((sum, each) => sum + cpuSecondsOf(each), 0);
  const byUse = {
    formula: 'node_dynamic × cpu ÷ cpu_all',
    terms: [
      termOfStep(node.dynamic, 'node_dynamic'),
      term('cpu', 'CPU seconds of this row', cpuSecondsOf(row), 's', at),
      term('cpu_all', 'CPU seconds of all pods and the system', cpu, 's', at),
    ],
  };
  if (reproduces(byUse.formula, byUse.terms, base.value)) return [stepOf({ ...base, ...byUse })];
  const part = nodeWindow.joulesDynamic + nodeWindow.joulesSystem;
  const share = term('share', 'Share of the node by CPU use', part > 0 ? row.joulesDynamic / part : 0, '', at);
  return [
    stepOf({ ...base, formula: 'node_dynamic × share', terms: [termOfStep(node.dynamic, 'node_dynamic'), share] }),
  ];
}

function byMeter({ row, nodeWindow }: RowFacts, factor: number, kwh: number) {
  const words = powerWords(row.sources.power);
  const meter = { source: `${nodeWindow?.meter ?? 'Meter'}: ${words.source}`, known: words.known };
  return {
    formula: 'meter_active × to_plug',
    terms: [
      term('meter_active', 'Metered above idle for this row', kwh / factor, 'kWh', {
        ...meter,
        atSeconds: row.startSeconds,
      }),
      term('to_plug', 'From the meter to the plug', factor, '', {
        source: 'Losses of the power supply (methodology 1.8)',
        known: 'modelled',
      }),
    ],
    note: row.rowKind === 'system' ? 'What the meter gives to no pod.' : 'The meter tells pods apart.',
  };
}

/** Idle power goes by what is reserved. */
function idleSteps(facts: RowFacts, node: NodeSteps | null): ExplainStep[] {
  const { row, nodeWindow } = facts;
  const isSpare = row.rowKind === 'unallocated';
  const title = isSpare ? 'Idle energy that nobody reserved' : 'Idle energy of the reservation';
  const base = { id: 'idle', title, value: kwhOfJoules(row.joulesIdle), unit: 'kWh' };
  if (node === null || nodeWindow === null) return [stepOf({ ...base, ...stored('joules', base.value) })];
  const share = reservationStep(facts, nodeWindow);
  const idle = {
    formula: 'node_idle × share',
    terms: [termOfStep(node.idle, 'node_idle'), termOfStep(share, 'share', 'measured')],
  };
  return [stepOf({ ...base, ...idle }), share];
}

function stored(symbol: string, kwh: number) {
  const words = { source: 'Results store: facts of the node are gone', known: 'modelled' } as const;
  return { formula: symbol, terms: [term(symbol, 'As recorded', kwh, 'kWh', words)] };
}
