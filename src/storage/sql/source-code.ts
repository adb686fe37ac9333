import {
  COST_SOURCES,
  CPU_SOURCES,
  EMBODIED_SOURCES,
  INTENSITY_SOURCES,
  POD_USAGE_SOURCES,
  POWER_SOURCES,
  PUE_SOURCES,
  type RowSources,
} from '../../model/sources.ts';

const RUNGS = {
  cpu: CPU_SOURCES,
  usage: POD_USAGE_SOURCES,
  power: POWER_SOURCES,
  intensity: INTENSITY_SOURCES,
  pue: PUE_SOURCES,
  embodied: EMBODIED_SOURCES,
  cost: COST_SOURCES,
} as const;
const ORDER = ['cpu', 'usage', 'power', 'intensity', 'pue', 'embodied', 'cost'] as const;

/**
 * The sources of a row as seven decimal digits (cpu, usage, power, intensity, pue, embodied, cost), each the place in
 * its list in model/sources.ts: `0013010`. Throws RangeError for a source that no list names.
 */
export function sourceCodeOf(sources: RowSources): number {
  let code = 0;
  for (const part of ORDER) {
    const rung = (RUNGS[part] as readonly string[]).indexOf(sources[part]);
    if (rung < 0) throw new RangeError(`${part} is no known source`);
    code = code * 10 + rung;
  }
  return code;
}

/** The reverse of `sourceCodeOf`. */
export function sourcesOfCode(code: number): RowSources {
  const digits = String(code).padStart(ORDER.length, '0');
  const rung = <Source extends string>(list: readonly Source[], position: number): Source => {
    const source = list[Number(digits[position])];
    if (source === undefined) throw new RangeError(`${digits} is no code of sources`);
    return source;
  };
  return {
    cpu: rung(CPU_SOURCES, 0),
    usage: rung(POD_USAGE_SOURCES, 1),
    power: rung(POWER_SOURCES, 2),
    intensity: rung(INTENSITY_SOURCES, 3),
    pue: rung(PUE_SOURCES, 4),
    embodied: rung(EMBODIED_SOURCES, 5),
    cost: rung(COST_SOURCES, 6),
  };
}
