import type { Pod } from '../../../contract/schemas/kubernetes/objects.ts';

const WELL: ReadonlySet<string> = new Set(['Running', 'Succeeded', 'Completed']);

/** Nothing is wrong with it now, whatever happened to it before. */
export const isWell = ({ status, phase }: Pick<Pod, 'status' | 'phase'>): boolean => WELL.has(status ?? phase);
