import type { ScoreAnswer, ScoreCard } from '../../../../contract/schemas/score.ts';
import { useNow } from '../../../app/use-now.ts';
import { useView } from '../../../app/view/use-view.ts';
import { ScoreLine } from '../../../charts/ScoreLine.tsx';
import { useGo } from '../../../figures/use-go.ts';
import { formatPercent } from '../../../format/change.ts';
import { formatAge, formatPeriod } from '../../../format/time.ts';
import { SidePanel } from '../../../ui/SidePanel.tsx';
import { Body, Cell, Head, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import { ScoreBar } from './DimensionBars.tsx';
import { DIMENSION_NAMES, historyOf, historySentence, scoreText } from './score-words.ts';

/** What the score consists of, per cluster, and the score of each namespace. */
export function ScoreDetails({ answer, onClose }: { answer: ScoreAnswer; onClose: () => void }) {
  const { tz } = useView();
  const nowMs = useNow();
  const namespaces = answer.namespaces.toSorted((a, b) => (a.score ?? 101) - (b.score ?? 101));
  const computed = answer.computed_at === null ? '' : `, computed ${formatAge(answer.computed_at, nowMs, tz)}`;
  return (
    <SidePanel
      title="Sustainability score"
      about="score"
      onClose={onClose}
      opener={() => document.getElementById('score-details')}
    >
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-5 py-4">
        <p className="text-small text-fg-2">
          {formatPeriod(answer.period.start, answer.period.end, tz)}
          {computed}. A dimension without data is left out and the others weigh more.
        </p>
        {answer.clusters.map((card) => (
          <Card key={card.cluster} card={card} history={historyOf(answer.history, card.cluster)} />
        ))}
        {namespaces.length > 0 && <Namespaces cards={namespaces} several={answer.clusters.length > 1} />}
      </div>
    </SidePanel>
  );
}

function Card({ card, history }: { card: ScoreCard; history: readonly (number | null)[] }) {
  return (
    <section aria-label={card.cluster_name ?? card.cluster}>
      <header className="flex min-h-9 items-end gap-2 border-b border-line pb-1.5">
        <h3 className="font-strong">{card.cluster_name ?? card.cluster}</h3>
        <span className="flex-1" />
        {history.length > 1 && <ScoreLine values={history} label={historySentence(history)} width={140} />}
        <span className="text-figure-s font-strong tabular-nums">{scoreText(card.score)}</span>
      </header>
      <ul className="flex flex-col">
        {card.dimensions.map((dimension) => (
          <li key={dimension.dimension} className="border-b border-line py-2">
            <div className="flex items-center gap-3 text-small">
              <span className="w-26 font-medium">{DIMENSION_NAMES[dimension.dimension]}</span>
              <ScoreBar score={dimension.score} />
              <span className="num w-14 font-medium">{scoreText(dimension.score)}</span>
              <span className="num w-20 text-fg-3">
                {dimension.score === null ? 'left out' : `weight ${formatPercent(dimension.weight)}`}
              </span>
            </div>
            <p className="mt-0.5 text-small text-fg-2">{dimension.note}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Namespaces({ cards, several }: { cards: readonly ScoreCard[]; several: boolean }) {
  const go = useGo();
  return (
    <section aria-label="Namespaces">
      <h3 className="pb-1 font-strong">Namespaces</h3>
      <Table label="Scores of namespaces" className="-mx-4 w-[calc(100%+32px)]">
        <Head>
          <HeadCell>Namespace</HeadCell>
          {several && <HeadCell>Cluster</HeadCell>}
          <HeadCell>Lowest</HeadCell>
          <HeadCell numeric>Score</HeadCell>
        </Head>
        <Body>
          {cards.map((card) => (
            <Row
              key={`${card.cluster} ${card.namespace ?? ''}`}
              label={card.namespace ?? ''}
              onOpen={() =>
                go('/recommendations', {
                  namespace: card.namespace ?? undefined,
                  ...(several ? { cluster: card.cluster } : {}),
                })
              }
            >
              <Cell className="font-medium">{card.namespace}</Cell>
              {several && <Cell className="text-fg-2">{card.cluster_name ?? card.cluster}</Cell>}
              <Cell className="text-fg-2">{lowestOf(card)}</Cell>
              <Cell numeric className="font-medium">
                {scoreText(card.score)}
              </Cell>
            </Row>
          ))}
        </Body>
      </Table>
    </section>
  );
}

/** `Waste 41`: the dimension that stands lowest. */
function lowestOf(card: ScoreCard): string {
  const known = card.dimensions.filter(({ score }) => score !== null);
  const lowest = known.toSorted((a, b) => (a.score ?? 0) - (b.score ?? 0))[0];
  return lowest === undefined ? '' : `${DIMENSION_NAMES[lowest.dimension]} ${scoreText(lowest.score)}`;
}
