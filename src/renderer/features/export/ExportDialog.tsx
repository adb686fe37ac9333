import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ReportGranularity, ReportSummary } from '../../../contract/schemas/reports.ts';
import { useView } from '../../app/view/use-view.ts';
import { formatCount } from '../../format/digits.ts';
import { joinParts } from '../../format/parts.ts';
import { formatCarbon, formatEnergy, formatMoney } from '../../format/quantity.ts';
import { formatPeriod } from '../../format/time.ts';
import { failureOf } from '../../rpc/failure.ts';
import { useApi, useClient } from '../../rpc/provider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { readExport, saveFile } from './download.ts';
import {
  EXPORT_GRANULARITIES,
  EXPORT_GROUPS,
  type ExportFilter,
  type ExportGroup,
  exportRequest,
  filterWords,
} from './export-request.ts';

/** What is seen, as a file: says what it will hold before it is written. */
export function ExportDialog(props: { filter: ExportFilter; group: ExportGroup; onClose: () => void }) {
  const api = useApi();
  const client = useClient();
  const { query, tz } = useView();
  const [group, setGroup] = useState<ExportGroup>(props.group);
  const [granularity, setGranularity] = useState<ReportGranularity>('daily');
  const [format, setFormat] = useState<'csv' | 'json'>('csv');
  const request = exportRequest(query, props.filter, { group, granularity });
  const summary = useQuery(api.reports.summary.queryOptions({ input: request }));
  const ended = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    ended.current = controller;
    return () => controller.abort();
  }, []);
  const save = useMutation({
    mutationFn: () => readExport(client, { ...request, format }, { signal: ended.current.signal }),
    onSuccess: (file) => {
      saveFile(file);
      props.onClose();
    },
  });
  const failure = save.error ?? summary.error;
  return (
    <Dialog
      open
      onClose={props.onClose}
      width="wide"
      title="Export what is shown"
      description={`Holds ${filterWords(props.filter, query.cluster)}, in full precision: the rows add up to the totals of the page.`}
      actions={
        <>
          <Button kind="ghost" size="large" onClick={props.onClose}>
            {save.isPending ? 'Stop' : 'Cancel'}
          </Button>
          <Button kind="primary" size="large" disabled={save.isPending} onClick={() => save.mutate()}>
            {save.isPending ? 'Writing the file' : 'Export'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap items-center gap-2">
          <Select
            label="One row for each"
            prefix="One row for each"
            value={group}
            options={EXPORT_GROUPS}
            onChange={setGroup}
          />
          <Select
            label="and each"
            prefix="and each"
            value={granularity}
            options={EXPORT_GRANULARITIES}
            onChange={setGranularity}
          />
          <span className="flex-1" />
          <Segmented
            label="Format"
            value={format}
            options={[
              { value: 'csv', label: 'CSV' },
              { value: 'json', label: 'JSON' },
            ]}
            onChange={setFormat}
          />
        </div>
        {failure === null ? <Holds summary={summary.data} tz={tz} /> : <Failed error={failure} />}
      </div>
    </Dialog>
  );
}

function Holds({ summary, tz }: { summary: ReportSummary | undefined; tz: string }) {
  if (summary === undefined) return <p className="min-h-10 text-small text-fg-3">Counting the rows</p>;
  const carbon = summary.total_co2e_grams + summary.total_embodied_co2e_grams;
  return (
    <dl className="grid min-h-10 grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-small [&_dt]:text-fg-3">
      <dt>Period</dt>
      <dd>{formatPeriod(summary.period.start, summary.period.end, tz)}</dd>
      <dt>Rows</dt>
      <dd>{formatCount(summary.row_count)}</dd>
      <dt>Adds up to</dt>
      <dd>
        {joinParts(formatCarbon(carbon))} CO₂e, {joinParts(formatEnergy(summary.total_energy_joules))} before PUE,{' '}
        {joinParts(formatMoney(summary.total_cost, summary.currency))}
      </dd>
    </dl>
  );
}

function Failed({ error }: { error: unknown }) {
  const failure = failureOf(error);
  return (
    <Notice tone="bad">
      <span className="font-medium">{failure.message}</span> {failure.hint}
    </Notice>
  );
}
