import type { Metric } from '../../contract/schemas/primitives.ts';
import { useView } from '../app/view/use-view.ts';
import { MEASURES } from '../charts/measure.ts';
import { Segmented } from '../ui/Segmented.tsx';

const METRICS: readonly Metric[] = ['carbon', 'energy', 'cost'];

/** Which of the three metrics the page's chart draws; kept in the address. */
export function MetricPicker() {
  const view = useView();
  return (
    <Segmented
      label="Metric"
      value={view.metric}
      options={METRICS.map((value) => ({ value, label: MEASURES[value].name }))}
      onChange={view.setMetric}
    />
  );
}
