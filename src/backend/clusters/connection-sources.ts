import type { ConnectionSource } from '../../core/ports/cluster-source.ts';
import type { Failure } from '../../model/failure.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { UsageReading } from '../../model/usage.ts';
import { insteadOf } from './ladder-notices.ts';
import type { FoundMetrics } from './metrics-source.ts';
import type { Sampler } from './sampling/sampler.ts';

export interface ConnectionFacts {
  readonly metrics: Pick<FoundMetrics, 'probe' | 'description'> | null;
  /** Why the last search for Prometheus ended in vain. */
  readonly failure: Failure | null;
  readonly lastGoodAtSeconds: EpochSeconds | null;
  readonly sampler: Pick<Sampler, 'standing' | 'notices' | 'lastGoodAtSeconds'>;
  /** Of the newest reading; null before the first. */
  readonly metered: MeteredNodes | null;
  readonly cost: ConnectionSource;
}

/** Nodes whose energy a meter counted, of all that a reading has. */
export interface MeteredNodes {
  readonly measured: number;
  readonly all: number;
}

export function meteredNodes({ nodes }: Pick<UsageReading, 'nodes'>): MeteredNodes {
  const measured = nodes.filter(({ meter }) => meter !== undefined && !meter.isModelled).length;
  return { measured, all: nodes.length };
}

/** How each source of one connection does, from what was asked before. */
export function connectionSources(facts: ConnectionFacts): readonly ConnectionSource[] {
  return [prometheus(facts), kubelet(facts.sampler), kepler(facts), facts.cost];
}

function prometheus({ metrics, failure, lastGoodAtSeconds }: ConnectionFacts): ConnectionSource {
  const base = { id: 'prometheus', hint: null, lastGoodAtSeconds } as const;
  if (metrics !== null) return { ...base, state: 'working', message: metrics.description };
  if (failure === null) return { ...base, state: 'waiting', message: null };
  const state = failure.code === 'not-found' && lastGoodAtSeconds === null ? 'not-set-up' : 'failed';
  return { ...base, state, message: failure.message, hint: failure.hint };
}

function kubelet({ standing, notices, lastGoodAtSeconds }: ConnectionFacts['sampler']): ConnectionSource {
  const base = { id: 'kubelet', lastGoodAtSeconds } as const;
  const [first] = notices;
  switch (standing) {
    case 'resting':
      return { ...base, state: 'waiting', message: 'Not needed: Prometheus has the usage of all nodes', hint: null };
    case 'kubelet':
      return { ...base, state: 'working', message: insteadOf(standing), hint: null };
    case 'metrics-server':
    case 'requests':
      return { ...base, state: 'failed', message: first?.message ?? insteadOf(standing), hint: first?.hint ?? null };
  }
}

function kepler({ metrics, lastGoodAtSeconds, metered }: ConnectionFacts): ConnectionSource {
  const base = { id: 'kepler', hint: null, lastGoodAtSeconds } as const;
  if (metrics === null) return { ...base, state: 'waiting', message: 'Kepler is read through Prometheus' };
  if (metrics.probe.hasKepler) {
    const where = metered === null ? 'where Kepler runs' : `on ${metered.measured} of ${metered.all} nodes`;
    return { ...base, state: 'working', message: `Energy is measured ${where}` };
  }
  return {
    ...base,
    lastGoodAtSeconds: null,
    state: 'not-set-up',
    message: 'Prometheus has no series of Kepler: energy is modelled',
    hint: KEPLER_HINT,
  };
}

export const KEPLER_HINT = 'Install Kepler on machines with power meters (own hardware, bare-metal instances).';
