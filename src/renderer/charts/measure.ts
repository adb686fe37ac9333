import type { Figures } from '../../contract/schemas/figures.ts';
import type { Metric } from '../../contract/schemas/primitives.ts';
import type { Kind } from '../format/units.ts';

type Field = keyof Figures;

/** How one of the three metrics is read from figures. Base units: g CO2e, joules, currency. */
export interface Measure {
  readonly metric: Metric;
  readonly kind: Extract<Kind, 'carbon' | 'energy' | 'money'>;
  /** Stands in titles: `Carbon by namespace`. */
  readonly name: string;
  readonly value: (figures: Figures) => number;
  readonly low: (figures: Figures) => number;
  readonly high: (figures: Figures) => number;
}

const sum =
  (...fields: readonly Field[]) =>
  (figures: Figures): number =>
    fields.reduce((total, field) => total + figures[field], 0);

/** Carbon is operational and embodied together; energy is what the facility draws, after PUE. */
export const MEASURES: Readonly<Record<Metric, Measure>> = {
  carbon: {
    metric: 'carbon',
    kind: 'carbon',
    name: 'Carbon',
    value: sum('co2e_grams', 'embodied_co2e_grams'),
    low: sum('co2e_low_grams', 'embodied_low_grams'),
    high: sum('co2e_high_grams', 'embodied_high_grams'),
  },
  energy: {
    metric: 'energy',
    kind: 'energy',
    name: 'Energy',
    value: sum('facility_energy_joules'),
    low: sum('facility_energy_low_joules'),
    high: sum('facility_energy_high_joules'),
  },
  cost: {
    metric: 'cost',
    kind: 'money',
    name: 'Cost',
    value: sum('total_cost'),
    low: sum('cost_low'),
    high: sum('cost_high'),
  },
};
