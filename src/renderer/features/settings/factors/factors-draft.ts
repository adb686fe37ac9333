import type * as z from 'zod';
import type { Settings, SettingsInput } from '../../../../contract/schemas/settings.ts';

/** What a person types: text until it is saved. Empty means that Podwatt's own default is taken. */
export interface FactorsDraft {
  readonly zone: string;
  readonly intensity: string;
}

export function draftOf(settings: Settings): FactorsDraft {
  return {
    zone: settings.default_zone ?? '',
    intensity: settings.default_intensity === null ? '' : String(settings.default_intensity),
  };
}

/** Dirtier than any grid of the world; what is above is a wrong unit. */
const MOST_GRAMS_PER_KWH = 2000;

export function problemsOf(draft: FactorsDraft): { readonly [F in keyof FactorsDraft]?: string } {
  const { zone, intensity } = inputOf(draft);
  return {
    ...(zone === null || /^[A-Z]{2}(?:-[A-Z0-9]+)*$/.test(zone)
      ? {}
      : { zone: 'A key of Electricity Maps, for example FR or US-CAL-CISO' }),
    ...(intensity === null || (intensity > 0 && intensity <= MOST_GRAMS_PER_KWH)
      ? {}
      : { intensity: `Grams of CO₂e a kWh, above 0 and up to ${MOST_GRAMS_PER_KWH}` }),
  };
}

/** What the draft changes; null where it changes nothing. */
export function changesOf(settings: Settings, draft: FactorsDraft): z.infer<typeof SettingsInput> | null {
  const { zone, intensity } = inputOf(draft);
  if (zone === settings.default_zone && intensity === settings.default_intensity) return null;
  return {
    ...(zone === settings.default_zone ? {} : { default_zone: zone }),
    ...(intensity === settings.default_intensity ? {} : { default_intensity: intensity }),
  };
}

function inputOf(draft: FactorsDraft): { zone: string | null; intensity: number | null } {
  const zone = draft.zone.trim().toUpperCase();
  const intensity = draft.intensity.trim().replace(',', '.');
  return { zone: zone === '' ? null : zone, intensity: intensity === '' ? null : Number(intensity) };
}
