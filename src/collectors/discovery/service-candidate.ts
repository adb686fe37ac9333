/** A Service that may be what is looked for, and how to ask it. */
export interface ServiceCandidate {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
  readonly scheme: 'http' | 'https';
  /** Put before `/api/v1/…`; empty for Prometheus itself, `/prometheus` for Mimir. */
  readonly pathPrefix: string;
  readonly kind: 'prometheus' | 'thanos' | 'victoria-metrics' | 'mimir';
  /** Higher is tried earlier. Comparable within one ranking only. */
  readonly score: number;
}
