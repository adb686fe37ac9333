import type { Per } from '../../../format/savings.ts';
import { Chip } from '../../../ui/Chip.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { ConfidenceBars } from '../ConfidenceBars.tsx';
import type { Detail } from '../lifecycle.ts';
import { SEVERITY_NAMES, whereOf } from '../words.ts';
import { ChangePart } from './ChangePart.tsx';
import { EffectFigures } from './EffectFigures.tsx';
import { EvidencePart } from './EvidencePart.tsx';
import { Lifecycle } from './Lifecycle.tsx';
import { Result } from './Result.tsx';

interface Props {
  readonly detail: Detail;
  readonly per: Per;
  readonly currency: string;
  readonly onChoose: (id: string) => void;
}

/** How much, why, on which condition, how: in this order. */
export function DetailBody({ detail, per, currency, onChoose }: Props) {
  const where = whereOf(detail);
  const others = detail.plan.filter(({ id }) => id !== detail.id);
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-small text-fg-2">
        <span className="min-w-0 wrap-anywhere">
          {where.kind},{' '}
          <span className="font-medium text-fg-1">
            {detail.namespace === null || detail.scope === 'namespace'
              ? where.name
              : `${detail.namespace} / ${where.name}`}
          </span>
        </span>
        <span className="flex-1" />
        {(detail.severity === 'critical' || detail.severity === 'high') && (
          <Chip tone={detail.severity === 'critical' ? 'bad' : 'warn'}>{SEVERITY_NAMES[detail.severity]} priority</Chip>
        )}
        <ConfidenceBars confidence={detail.confidence} />
      </div>
      <EvidencePart evidence={detail.evidence} />
      <p className="text-small text-fg-2">{detail.details}</p>
      <EffectFigures savings={detail.estimated_savings} per={per} currency={currency} />
      <Condition detail={detail} />
      <Result detail={detail} per={per} currency={currency} />
      <ChangePart detail={detail} />
      {others.length > 0 && (
        <div className="text-small text-fg-2">
          One plan with{' '}
          {others.map((other, index) => (
            <span key={other.id}>
              {index > 0 && ', '}
              <button type="button" className="link rounded-1 text-left" onClick={() => onChoose(other.id)}>
                {other.title}
              </button>
            </span>
          ))}
          : the change holds all of them.
        </div>
      )}
      <span className="flex-1" />
      <Lifecycle detail={detail} />
    </>
  );
}

/** What a saving depends on, where it does. */
function Condition({ detail }: { detail: Detail }) {
  const { needs_node_to_go, co2e_grams_per_day_range: carbon } = detail.estimated_savings;
  // What is about nodes says itself when they go.
  if (!needs_node_to_go || detail.scope === 'node' || detail.scope === 'cluster') return null;
  return (
    <Notice tone="info">
      {carbon.high === 0
        ? 'A smaller request alone saves no energy, and no node can go with it now. It frees room that others can use.'
        : 'A smaller request alone saves no energy. It saves when, with the others, a node becomes empty and is removed.'}
    </Notice>
  );
}
