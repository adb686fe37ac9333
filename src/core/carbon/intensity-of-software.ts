/** The parts of a Software Carbon Intensity score: all of one boundary and one stretch of time. */
export interface SoftwareCarbon {
  /** Facility energy of what is reserved, not only of what is used. */
  readonly facilityKwh: number;
  readonly gramsPerKwh: number;
  readonly embodiedGrams: number;
  /** Requests, jobs, users … that were served. */
  readonly functionalUnits: number;
}

export interface SoftwareCarbonIntensity {
  readonly operationalGrams: number;
  readonly totalGrams: number;
  /** Null where nothing was served: there is no score then, not an endless one. */
  readonly gramsPerUnit: number | null;
}

/** SCI = (E × I + M) ÷ R. Source: Green Software Foundation, SCI specification 1.1.0; METHODOLOGY 1.12. */
export function softwareCarbonIntensity(carbon: SoftwareCarbon): SoftwareCarbonIntensity {
  const operationalGrams = carbon.facilityKwh * carbon.gramsPerKwh;
  const totalGrams = operationalGrams + carbon.embodiedGrams;
  const { functionalUnits } = carbon;
  return { operationalGrams, totalGrams, gramsPerUnit: functionalUnits > 0 ? totalGrams / functionalUnits : null };
}
