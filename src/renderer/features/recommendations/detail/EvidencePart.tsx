import { Table2 } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { useShortcuts } from '../../../app/shortcuts.ts';
import { useView } from '../../../app/view/use-view.ts';
import { EvidenceChart } from '../../../charts/EvidenceChart.tsx';
import { EvidenceTable } from '../../../charts/EvidenceTable.tsx';
import { shapeEvidence, type WireEvidence } from '../../../charts/evidence.ts';
import { formatDuration } from '../../../format/time.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Select } from '../../../ui/Select.tsx';

/** The series behind the verdict, as a chart or (key T) as its table. */
export function EvidencePart({ evidence }: { evidence: WireEvidence }) {
  const { tz } = useView();
  const [asTable, setAsTable] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const toggle = useCallback(() => setAsTable((before) => !before), []);
  useShortcuts(useMemo(() => ({ t: toggle }), [toggle]));
  const series = evidence.series.find(({ name }) => name === chosen) ?? evidence.series[0];
  const shape = useMemo(() => {
    if (series === undefined) return null;
    // Lines are in the unit of the first series.
    return shapeEvidence(series, series.unit === evidence.series[0]?.unit ? evidence.lines : []);
  }, [series, evidence]);
  if (series === undefined || shape === null) return <Observed evidence={evidence} />;
  const name = shape.unit.symbol === '' ? series.name : `${series.name}, ${shape.unit.symbol}`;
  const step = formatDuration(series.step_seconds);
  return (
    <div>
      <div className="flex min-h-6 flex-wrap items-center gap-x-2 text-small">
        {evidence.series.length > 1 ? (
          <Select
            label="Evidence"
            value={series.name}
            options={evidence.series.map((each) => ({ value: each.name, label: each.name }))}
            onChange={setChosen}
            className="max-w-70"
          />
        ) : (
          <h3 className="font-medium">{name}</h3>
        )}
        <span className="min-w-0 flex-1 truncate text-right text-fg-3">
          {series.peak === null ? `line: mean per ${step}` : `line: mean per ${step}, band: to the peak`}
        </span>
        <IconButton
          size="small"
          label={asTable ? 'Show as chart' : 'Show as table'}
          aria-keyshortcuts="T"
          onClick={toggle}
        >
          <Table2 aria-hidden="true" />
        </IconButton>
      </div>
      <div className="h-37 [@media(min-height:1000px)]:h-50">
        {asTable ? (
          <EvidenceTable shape={shape} name={series.name} tz={tz} />
        ) : (
          <EvidenceChart shape={shape} name={series.name} tz={tz} />
        )}
      </div>
      <Observed evidence={evidence} />
    </div>
  );
}

/** Said only where hours are missing. */
function Observed({ evidence }: { evidence: WireEvidence }) {
  const seen = Math.floor(evidence.hours_observed);
  const all = Math.round(evidence.hours_possible);
  if (seen >= all) return null;
  return (
    <p className="text-micro text-fg-3">
      {seen} of {all} hours have data; the others count for nothing.
    </p>
  );
}
