import { NarrowingList } from '../../figures/explain/NarrowingList.tsx';
import { Panel } from '../../ui/Panel.tsx';
import type { ReportProps } from './HeadPanel.tsx';

/** What to improve, the most useful first. */
export function ImprovePanel({ report, state }: ReportProps) {
  return (
    <Panel title="What to improve" note="share of the width of carbon’s range" state={state} className="flex-1">
      {report !== undefined &&
        (report.narrowing.length === 0 ? (
          <p className="py-2 text-small text-fg-2">Nothing stands out: no single factor causes much of the range.</p>
        ) : (
          <NarrowingList items={report.narrowing} roomy />
        ))}
    </Panel>
  );
}
