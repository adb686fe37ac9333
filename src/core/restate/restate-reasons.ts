import type { ResultRow } from '../../model/results.ts';
import type { RowSources } from '../../model/sources.ts';
import { isEstimated, placeReasons } from '../window/reasons.ts';
import type { PlaceCoefficients } from './new-coefficients.ts';

/** How sentences begin that tell of a place's grid and building (see `placeReasons`), and of the embodied source. */
const OF_PLACE = ['Grid intensity ', 'Grid zone of ', 'The grid zone is not known', 'PUE is ', 'Boavizta: '];

/** Sentences about the grid, the PUE and the embodied source are said anew, in the place of the old ones; all others stay. */
export function restatedReasons(
  row: ResultRow,
  sources: RowSources,
  coefficients: PlaceCoefficients['coefficients'],
): Pick<ResultRow, 'isEstimated' | 'estimationReasons'> {
  const reasons = row.estimationReasons;
  const isOfPlace = (reason: string) => OF_PLACE.some((start) => reason.startsWith(start));
  const first = reasons.findIndex(isOfPlace);
  const before = first < 0 ? reasons : reasons.slice(0, first);
  const after = first < 0 ? [] : reasons.slice(first).filter((reason) => !isOfPlace(reason));
  const embodied = row.rowKind === 'volume' ? [] : (coefficients.embodied.flags ?? []);
  return {
    isEstimated: row.rowKind === 'volume' || isEstimated(sources.power, sources.gpu, sources.intensity),
    estimationReasons: [...before, ...placeReasons(coefficients), ...embodied, ...after],
  };
}
