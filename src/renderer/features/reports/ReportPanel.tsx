import { useQuery } from '@tanstack/react-query';
import { useNow } from '../../app/use-now.ts';
import { useView } from '../../app/view/use-view.ts';
import { CopyApiCall } from '../../figures/CopyApiCall.tsx';
import { CopyButton } from '../../figures/CopyButton.tsx';
import { NoFigures } from '../../figures/NoFigures.tsx';
import { panelStateOf } from '../../figures/panel-state.tsx';
import { rangeSecondsOf } from '../../figures/use-queries.ts';
import { formatCount } from '../../format/digits.ts';
import { useApi } from '../../rpc/provider.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Downloads } from './Downloads.tsx';
import { PreviewTable } from './PreviewTable.tsx';
import { ReportControls } from './ReportControls.tsx';
import { ReportTotals } from './ReportTotals.tsx';
import { reportCommand } from './report-command.ts';
import { FILTERS, MOST_ROW_SECONDS, type ReportPatch, type ReportSearch, reportRequest } from './report-search.ts';

interface Props {
  readonly search: ReportSearch;
  readonly onSearch: (patch: ReportPatch) => void;
}

/** What scrolls takes the focus, so that the arrow keys move it. */
const SCROLLS = { tabIndex: 0 } as const;

/** What a report would hold: its totals, its first rows, and the ways to take it along. */
export function ReportPanel({ search, onSearch }: Props) {
  const view = useView();
  const api = useApi();
  const nowMs = useNow();
  const request = reportRequest(view.query, search);
  const isTooLong = !request.aggregate && rangeSecondsOf(view) > MOST_ROW_SECONDS + 1;
  const query = useQuery(api.reports.summary.queryOptions({ input: request, enabled: !isTooLong }));
  const summary = query.data;
  const isFiltered = FILTERS.some((field) => search[field] !== undefined);
  const state = isTooLong
    ? ({ kind: 'empty', content: <TooLong onShorten={() => view.setRange({ kind: 'last', last: '24h' })} /> } as const)
    : panelStateOf([query], {
        nowMs,
        tz: view.tz,
        empty:
          summary?.row_count === 0 ? (
            <NoRows
              isFiltered={isFiltered}
              period={summary.period}
              onClear={() => onSearch(Object.fromEntries(FILTERS.map((field) => [field, undefined])))}
            />
          ) : null,
      });
  const shown = summary?.preview.length ?? 0;
  return (
    <>
      <ReportControls search={search} onSearch={onSearch} />
      <ReportTotals summary={isTooLong ? undefined : summary} isWaiting={query.isPending && !isTooLong} />
      <Panel
        title="Rows"
        note={
          summary === undefined || isTooLong || summary.row_count === 0
            ? undefined
            : shown < summary.row_count
              ? `the first ${formatCount(shown)} of ${formatCount(summary.row_count)}, in full precision in the file`
              : 'in full precision in the file'
        }
        actions={
          <>
            <span className="hidden items-center mid:flex">
              <CopyApiCall path="/report/export" input={{ ...request, format: 'csv' }} />
              <CopyButton label="Copy as command" text={() => reportCommand(request)} />
            </span>
            <Downloads request={request} isDisabled={isTooLong || summary === undefined || summary.row_count === 0} />
          </>
        }
        state={state}
        padded={false}
        className="min-h-75"
      >
        {summary !== undefined && (
          <section
            aria-label="First rows of the file"
            className="max-h-100 overflow-auto border-t border-line"
            {...SCROLLS}
          >
            <PreviewTable
              rows={summary.preview}
              group={request.group_by}
              isWhole={shown === summary.row_count}
              byRow={!request.aggregate}
              every={request.granularity}
            />
          </section>
        )}
      </Panel>
    </>
  );
}

function TooLong({ onShorten }: { onShorten: () => void }) {
  return (
    <EmptyState
      title="Row by row goes up to 48 hours"
      actions={<Button onClick={onShorten}>Show the last 24 hours</Button>}
    >
      A longer range has too many rows, one for each window and pod. Add them up, or choose a shorter range.
    </EmptyState>
  );
}

function NoRows(props: { isFiltered: boolean; period: { start: string; end: string }; onClear: () => void }) {
  if (!props.isFiltered) return <NoFigures period={props.period} />;
  return (
    <EmptyState title="No row matches" actions={<Button onClick={props.onClear}>Clear the filters</Button>}>
      Names must be whole: `search` does not find `search-eu`.
    </EmptyState>
  );
}
