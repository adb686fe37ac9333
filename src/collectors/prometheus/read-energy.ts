import type { GpuUsage, VolumeUsage } from '../../model/energy.ts';
import type { EpochSeconds, Window } from '../../model/time.ts';
import type { Series } from './answer.ts';
import type { EnergySeries } from './energy-series.ts';
import { dcgmQuery, keplerGpuQuery } from './gpu-queries.ts';
import { dcgmShares, gpusOf } from './gpu-usage.ts';
import { gpusOfKepler, keplerGpus } from './kepler-gpu.ts';
import { type ExporterTools, type KeplerAnswers, readKepler } from './read-kepler.ts';
import { createVolumes, type VolumeAnswers, volumeQueries } from './volume-usage.ts';

/** What meters, cards and claims told in the windows of a piece. */
export interface EnergyAnswers {
  /** The newer generation first. */
  readonly kepler: readonly KeplerAnswers[];
  /** Null where nothing tells of the cards of that node. */
  readonly gpus: (endSeconds: EpochSeconds, node: string, seconds: number) => readonly GpuUsage[] | null;
  /** Null where nothing tells of claims. */
  readonly volumes: ((window: Window) => readonly VolumeUsage[]) | null;
}

export const NO_ENERGY: EnergyAnswers = { kepler: [], gpus: () => null, volumes: null };

/** Asks for what is there, and for nothing else. */
export async function readEnergy(tools: ExporterTools, there: EnergySeries): Promise<EnergyAnswers> {
  return {
    kepler: await readKepler(tools, there),
    gpus: await readGpus(tools, there),
    volumes: there.claims ? await readVolumes(tools, there) : null,
  };
}

/** DCGM where it knows the node's cards, else Kepler. */
async function readGpus(tools: ExporterTools, there: EnergySeries): Promise<EnergyAnswers['gpus']> {
  const { select, windowSeconds } = tools;
  const none: readonly Series[] = [];
  const dcgm = dcgmShares(there.dcgm ? await tools.ask(dcgmQuery(select, windowSeconds, there)) : none, tools);
  const kepler = keplerGpus(
    there.keplerGpu ? await tools.ask(keplerGpuQuery(select, windowSeconds, there)) : none,
    tools,
  );
  return (end, node, seconds) => {
    const shares = dcgm.get(end)?.get(node);
    if (shares !== undefined) return gpusOf(shares, seconds);
    const known = kepler.get(end)?.get(node);
    return known === undefined ? null : gpusOfKepler(known, seconds);
  };
}

async function readVolumes(tools: ExporterTools, there: EnergySeries): Promise<EnergyAnswers['volumes']> {
  const queries = volumeQueries(tools.select, tools.windowSeconds, there);
  const ask = async (query: string | null): Promise<readonly Series[]> => (query === null ? [] : tools.ask(query));
  const answers: VolumeAnswers = {
    info: await ask(queries.info),
    requested: await ask(queries.requested),
    bound: await ask(queries.bound),
    told: await ask(queries.told),
    mounts: await ask(queries.mounts),
    classes: await ask(queries.classes),
    drivers: await ask(queries.drivers),
    used: await ask(queries.used),
  };
  return createVolumes(answers, { ...tools, listed: tools.inventory.volumes ?? [] });
}
