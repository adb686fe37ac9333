import { kwhOfJoules } from '../carbon/operational.ts';
import type { StoredNodeWindow } from '../ports/results-store.ts';
import { CURVE_UTILISATIONS } from '../power/curve.ts';
import { JOULES_PER_KWH, MILLICORES_PER_CORE } from '../units.ts';
import { reproduces } from './formula.ts';
import { cpuWords, powerWords } from './source-words.ts';
import { type ExplainStep, type ExplainTerm, stepOf, term, termOfStep } from './step.ts';

/** What a node drew in one window: its dynamic and idle energy, and how they came about. */
export interface NodeSteps {
  readonly dynamic: ExplainStep;
  readonly idle: ExplainStep;
  /** Power and utilisation, from which the two follow. */
  readonly below: readonly ExplainStep[];
}

export function nodeSteps(node: StoredNodeWindow): NodeSteps {
  return node.measuredJoules !== null && node.meterFactor !== null && node.meterFactor > 0
    ? meteredSteps(node, node.measuredJoules, node.meterFactor)
    : modelledSteps(node);
}

/** IT energy of the machine without its GPUs, kWh. */
function hostKwh(node: StoredNodeWindow): { dynamic: number; idle: number } {
  return {
    dynamic: kwhOfJoules(node.joulesDynamic + node.joulesSystem),
    idle: kwhOfJoules(node.joulesIdleReserved + node.joulesUnallocated),
  };
}

function meteredSteps(node: StoredNodeWindow, raw: number, factor: number): NodeSteps {
  const { dynamic, idle } = hostKwh(node);
  const words = powerWords(node.sources.power);
  const meter = {
    source: `${node.meter ?? 'Meter'}: ${words.source}`,
    known: words.known,
    atSeconds: node.startSeconds,
  };
  const wall = term('to_plug', 'From the meter to the plug', factor, '', {
    source: 'Losses of the power supply (methodology 1.8)',
    known: 'modelled',
  });
  const existed = existedTerm(node);
  const watts = node.existedSeconds > 0 ? (raw * factor) / node.existedSeconds : 0;
  const part = (symbol: string, name: string, kwh: number) => term(symbol, name, kwh / factor, 'kWh', meter);
  return {
    dynamic: stepOf({
      id: 'node-dynamic',
      title: `Energy above idle of ${node.node}`,
      value: dynamic,
      unit: 'kWh',
      formula: 'meter_active × to_plug',
      terms: [part('meter_active', 'Metered above idle', dynamic), wall],
    }),
    idle: stepOf({
      id: 'node-idle',
      title: `Idle energy of ${node.node}`,
      value: idle,
      unit: 'kWh',
      formula: 'meter_idle × to_plug',
      terms: [part('meter_idle', 'Metered at idle', idle), wall],
    }),
    below: [
      stepOf({
        id: 'node-power',
        title: `Power of ${node.node}`,
        value: watts,
        unit: 'W',
        formula: node.existedSeconds > 0 ? 'meter × to_plug ÷ existed' : 'meter × 0',
        terms: [term('meter', 'Metered energy of the window', raw, 'J', meter), wall, existed],
        note: 'Energy meter of the machine; zones of the meter are never added up.',
      }),
    ],
  };
}

function modelledSteps(node: StoredNodeWindow): NodeSteps {
  const { dynamic, idle } = hostKwh(node);
  const utilisation = utilisationStep(node);
  const power = curveStep(node, utilisation);
  const existed = existedTerm(node);
  const atIdle = term('p0', 'Power at 0 % CPU', node.idleWatts, 'W', { ...powerWords(node.sources.power) });
  const above = {
    formula: `max(0, power − p0) × existed ÷ ${JOULES_PER_KWH}`,
    terms: [termOfStep(power, 'power', powerWords(node.sources.power).known), atIdle, existed],
  };
  const isAbove = reproduces(above.formula, above.terms, dynamic);
  return {
    dynamic: stepOf({
      id: 'node-dynamic',
      title: `Energy above idle of ${node.node}`,
      value: dynamic,
      unit: 'kWh',
      ...(isAbove ? above : summedNode(node)),
    }),
    idle: stepOf({
      id: 'node-idle',
      title: `Idle energy of ${node.node}`,
      value: idle,
      unit: 'kWh',
      formula: `p0 × existed ÷ ${JOULES_PER_KWH}`,
      terms: [atIdle, existed],
    }),
    below: isAbove ? [power, utilisation] : [],
  };
}

/** Where the curve does not give what is stored: the stored parts themselves. */
function summedNode(node: StoredNodeWindow): { formula: string; terms: ExplainTerm[]; note: string } {
  const words = powerWords(node.sources.power);
  return {
    formula: 'pods + system',
    terms: [
      term('pods', 'Of its pods', kwhOfJoules(node.joulesDynamic), 'kWh', words),
      term('system', 'Of its system', kwhOfJoules(node.joulesSystem), 'kWh', words),
    ],
    note: 'Sum of what is stored: the node facts of this window were rolled up.',
  };
}

/** Power at the utilisation: on the line between two points of the curve. */
function curveStep(node: StoredNodeWindow, utilisation: ExplainStep): ExplainStep {
  const u = utilisation.value;
  const places = CURVE_UTILISATIONS.map((at, index) => ({ at, watts: node.curveWatts[index] ?? 0 }));
  const upper = Math.max(
    1,
    places.findIndex(({ at }) => u <= at),
  );
  const [from, to] = [places[upper - 1], places[upper]];
  if (from === undefined || to === undefined) throw new RangeError('a curve has four points');
  const words = powerWords(node.sources.power);
  const value = from.watts + (to.watts - from.watts) * ((u - from.at) / (to.at - from.at));
  return stepOf({
    id: 'node-power',
    title: `Power of ${node.node}`,
    value,
    low: value * node.curveLowFactor,
    high: value * node.curveHighFactor,
    unit: 'W',
    formula: 'p_from + (p_to − p_from) × (u − u_from) ÷ (u_to − u_from)',
    terms: [
      term('p_from', `Power at ${percent(from.at)} CPU`, from.watts, 'W', words),
      term('p_to', `Power at ${percent(to.at)} CPU`, to.watts, 'W', words),
      termOfStep(utilisation, 'u', 'measured'),
      term('u_from', 'Point below', from.at, '', { source: node.curveId, known: words.known }),
      term('u_to', 'Point above', to.at, '', { source: node.curveId, known: words.known }),
    ],
    note: `Curve ${node.curveId}, straight between its points.`,
  });
}

function utilisationStep(node: StoredNodeWindow): ExplainStep {
  const words = cpuWords(node.cpuSource);
  const at = { ...words, atSeconds: node.startSeconds };
  const seconds = term('cpu_seconds', 'CPU seconds of the node', node.cpuSeconds ?? 0, 's', at);
  const vcpu = term('vcpu', 'vCPU of the node', node.cpuCapacityMillicores / MILLICORES_PER_CORE, '', {
    source: 'Kubernetes: capacity',
    known: 'measured',
  });
  const counted = { formula: 'min(1, cpu_seconds ÷ (vcpu × existed))', terms: [seconds, vcpu, existedTerm(node)] };
  const isCounted = node.cpuSeconds !== null && reproduces(counted.formula, counted.terms, node.utilisation);
  const recorded = term('recorded', 'As recorded', node.utilisation, '', at);
  return stepOf({
    id: 'utilisation',
    title: `CPU use of ${node.node}`,
    value: node.utilisation,
    unit: '',
    ...(isCounted ? counted : { formula: 'recorded', terms: [recorded] }),
    note: node.cpuSource === 'no-samples' ? 'The node sent no samples; it counts at idle power.' : null,
  });
}

function existedTerm(node: StoredNodeWindow): ExplainTerm {
  return term('existed', 'Seconds that the node existed', node.existedSeconds, 's', {
    source: 'Kubernetes: life of the node in the window',
    known: 'measured',
    atSeconds: node.startSeconds,
  });
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
