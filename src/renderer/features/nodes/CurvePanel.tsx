import type { NodeDetail } from '../../../contract/schemas/nodes.ts';
import { PowerCurve } from '../../charts/PowerCurve.tsx';
import { panelStateOf, type QueryLike } from '../../figures/panel-state.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';

interface Props {
  readonly query: QueryLike & { readonly data: NodeDetail | undefined };
  readonly nowMs: number;
  readonly tz: string;
}

/** How watts follow from CPU: the model of the node's type and the windows of the range on it. */
export function CurvePanel({ query, nowMs, tz }: Props) {
  const detail = query.data;
  const curve = detail?.curve ?? null;
  const empty =
    detail !== undefined && curve === null ? (
      <EmptyState title="No power model for this node">
        Its energy was measured, or it has no window in this range.
      </EmptyState>
    ) : null;
  return (
    <Panel
      title="Power curve"
      note={curve === null ? undefined : curve.id}
      state={panelStateOf([query], { nowMs, tz, empty })}
    >
      {detail !== undefined && curve !== null && (
        <>
          <div className="min-h-66 flex-1">
            <PowerCurve curve={curve} windows={detail.windows} />
          </div>
          <ul className="mt-2 flex flex-wrap gap-x-3 gap-y-1 pl-10 text-small text-fg-2">
            <li className="flex items-center gap-1.5">
              <i aria-hidden="true" className="h-0.5 w-3.5 bg-power-dynamic" />
              Model
            </li>
            <li className="flex items-center gap-1.5">
              <i aria-hidden="true" className="size-2.5 rounded-[2px] bg-(--chart-band)" />
              Low to high
            </li>
            <li className="flex items-center gap-1.5">
              <i aria-hidden="true" className="size-1 rounded-full bg-fg-3" />
              Windows of this range
            </li>
          </ul>
          <p className="mt-1 truncate pl-10 text-micro text-fg-3" title={curve.source}>
            Source: {curve.source}
          </p>
        </>
      )}
    </Panel>
  );
}
