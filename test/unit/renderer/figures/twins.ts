import type { FakeOperations } from '../../../fakes/client/client.ts';
import { sample } from './sample-client.ts';

type Metrics = NonNullable<FakeOperations['metrics']>;

/** The sample with some operations of metrics replaced. */
export function withMetrics(metrics: Partial<Metrics>): FakeOperations {
  return { ...sample, metrics: { ...sample.metrics, ...metrics } };
}

/** Half as much on even days, so that the twins' trends differ. */
const ofDay = (point: { timestamp: string; co2e_grams: number }): number =>
  new Date(point.timestamp).getUTCDate() % 2 === 0 ? point.co2e_grams / 2 : point.co2e_grams;
const rename = (key: string): string => key.replace('Deployment/query-api', 'Deployment/ledger-api');

/** The sample in which search has a Deployment of the same name as payments has: ledger-api. */
export const twins: FakeOperations = withMetrics({
  breakdown: async (input, options) => {
    const answer = await sample.metrics!.breakdown!(input, options);
    return {
      ...answer,
      items: answer.items.map((item) => ({
        ...item,
        key: rename(item.key),
        label: item.label === 'query-api' ? 'ledger-api' : item.label,
        owner_name: item.owner_name === 'query-api' ? 'ledger-api' : item.owner_name,
      })),
    };
  },
  timeseries: async (input, options) => {
    const answer = await sample.metrics!.timeseries!(input, options);
    return {
      ...answer,
      timeseries: answer.timeseries.map((point) => ({
        ...point,
        ...(point.group === undefined ? {} : { group: rename(point.group) }),
        ...(point.group_label === 'query-api' ? { group_label: 'ledger-api', co2e_grams: ofDay(point) } : {}),
      })),
    };
  },
});
