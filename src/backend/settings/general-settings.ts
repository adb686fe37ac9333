import * as z from 'zod';
import type { AppState } from '../../core/ports/app-state.ts';
import { DEFAULT_LABEL_KEYS, LabelKeys } from './label-keys.ts';
import { StoredValue } from './stored-value.ts';

/** Settings that hold for everything. `defaultZone` is for nodes whose place tells no zone. */
export const GeneralSettings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  timeZone: z.string(),
  defaultZone: z.string().nullable(),
  defaultIntensityGramsPerKwh: z.number().positive().nullable(),
  /** Labels of namespaces and pods that name their team and cost center. */
  labelKeys: LabelKeys.default(DEFAULT_LABEL_KEYS),
});
export type GeneralSettings = z.infer<typeof GeneralSettings>;

const DEFAULTS: GeneralSettings = {
  theme: 'system',
  timeZone: 'local',
  defaultZone: null,
  defaultIntensityGramsPerKwh: null,
  labelKeys: DEFAULT_LABEL_KEYS,
};

export function openGeneralSettings(state: AppState): Promise<StoredValue<GeneralSettings>> {
  return StoredValue.open(state, 'settings', GeneralSettings, DEFAULTS);
}
