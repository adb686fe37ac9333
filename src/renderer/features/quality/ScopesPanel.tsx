import { useQuery } from '@tanstack/react-query';
import type { Scopes } from '../../../contract/schemas/scopes.ts';
import { useNow } from '../../app/use-now.ts';
import { useView } from '../../app/view/use-view.ts';
import { CopyApiCall } from '../../figures/CopyApiCall.tsx';
import { ExplainButton } from '../../figures/explain/ExplainButton.tsx';
import { panelStateOf } from '../../figures/panel-state.tsx';
import { exactQuantity, formatIn } from '../../format/quantity.ts';
import { chooseUnit, type Unit } from '../../format/units.ts';
import { useApi } from '../../rpc/provider.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Body, Cell, Foot, Head, HeadCell, Row, Table } from '../../ui/Table.tsx';
import { scopeLines } from './scope-lines.ts';

/** Emissions by scope of the GHG Protocol, by location and by contract side by side. */
export function ScopesPanel() {
  const view = useView();
  const api = useApi();
  const nowMs = useNow();
  const query = useQuery(api.explain.scopes.queryOptions({ input: view.query }));
  const scopes = query.data;
  const state = panelStateOf([query], {
    nowMs,
    tz: view.tz,
    empty: scopes?.total_location_grams === 0 ? <EmptyState title="No emissions in this range" /> : null,
  });
  return (
    <Panel
      title="Scopes"
      note="GHG Protocol"
      actions={<CopyApiCall path="/scopes" input={{ ...view.query }} />}
      state={state}
      padded={false}
      bodyClassName="overflow-x-auto"
    >
      {scopes !== undefined && (
        <>
          <ScopesTable scopes={scopes} />
          {scopes.notes.length > 0 && (
            <ul className="flex list-disc flex-col gap-0.5 border-t border-line py-2 pr-4 pl-8 text-small text-fg-2">
              {scopes.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          )}
        </>
      )}
    </Panel>
  );
}

function ScopesTable({ scopes }: { readonly scopes: Scopes }) {
  const unit = chooseUnit('carbon', Math.max(scopes.total_location_grams, scopes.total_market_grams ?? 0));
  return (
    <Table label="Emissions by scope">
      <Head>
        <HeadCell>Scope</HeadCell>
        <HeadCell numeric>By location, {unit.label}</HeadCell>
        <HeadCell numeric>By market, {unit.label}</HeadCell>
      </Head>
      <Body>
        {scopeLines(scopes).map((line) => (
          <Row key={line.key} label={line.name}>
            <Cell className={line.level === 1 ? 'pl-8! text-fg-2' : ''}>
              <span className={line.level === 0 ? 'font-medium' : ''}>{line.name}</span>
              <span className="pl-2 text-fg-3">{line.about}</span>
            </Cell>
            <Grams grams={line.locationGrams} unit={unit} otherwise="not known" quiet={line.level === 1} />
            {line.marketGrams === undefined ? (
              <Cell />
            ) : (
              <Grams
                grams={line.marketGrams}
                unit={unit}
                otherwise={line.locationGrams === null ? 'not known' : 'no contract set'}
              />
            )}
          </Row>
        ))}
      </Body>
      <Foot>
        <Cell>Total</Cell>
        <Cell numeric>
          <ExplainButton
            target={{ metric: 'carbon' }}
            figure={`Carbon, ${formatIn(unit, scopes.total_location_grams)} ${unit.label}`}
            exact={exactQuantity('carbon', scopes.total_location_grams)}
          >
            {formatIn(unit, scopes.total_location_grams)}
          </ExplainButton>
        </Cell>
        <Grams grams={scopes.total_market_grams} unit={unit} otherwise="no contract set" />
      </Foot>
    </Table>
  );
}

function Grams(props: {
  readonly grams: number | null;
  readonly unit: Unit;
  readonly otherwise: string;
  readonly quiet?: boolean;
}) {
  const { grams, unit, otherwise } = props;
  if (grams === null) {
    return (
      <Cell numeric className="font-regular text-fg-3">
        {otherwise}
      </Cell>
    );
  }
  return (
    <Cell numeric className={props.quiet === true ? 'text-fg-2' : ''} title={exactQuantity('carbon', grams)}>
      {formatIn(unit, grams)}
    </Cell>
  );
}
