import { formatPercent } from '../../format/change.ts';
import { cx } from '../../ui/class-names.ts';
import { Cell } from '../../ui/Table.tsx';
import { ofQuota } from './quota.ts';

/** From this share on it is told by colour, and the words say it too. */
const NEAR = 0.8;

/** What is used of a quota: figures, and a bar where there is a quota. */
export function QuotaCell(props: {
  used: number | null;
  limit: number | null;
  say: (value: number) => string;
  exact?: string;
}) {
  const { used, limit, say } = props;
  const share = used === null || limit === null || limit <= 0 ? null : used / limit;
  const title = share === null ? props.exact : `${props.exact ?? ''} ${formatPercent(share)} of its quota`.trim();
  return (
    <Cell numeric title={title}>
      <span className={cx(share !== null && share >= NEAR && 'font-medium text-fg-1')}>
        {ofQuota(used, limit, say)}
      </span>
      {share !== null && (
        <span aria-hidden="true" className="mt-px ml-auto block h-1 w-20 rounded-full bg-surface-2">
          <span
            data-fill={share >= 1 ? 'full' : share >= NEAR ? 'near' : 'free'}
            className={cx(
              'block h-1 rounded-full',
              share >= 1 ? 'bg-bad-fill' : share >= NEAR ? 'bg-warn-fill' : 'bg-fg-3',
            )}
            style={{ width: `${Math.min(1, share) * 100}%` }}
          />
        </span>
      )}
    </Cell>
  );
}
