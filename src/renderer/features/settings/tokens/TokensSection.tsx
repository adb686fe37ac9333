import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import type { ApiToken } from '../../../../contract/schemas/tokens.ts';
import { useNow } from '../../../app/use-now.ts';
import { useView } from '../../../app/view/use-view.ts';
import { panelStateOf } from '../../../figures/panel-state.tsx';
import { exactMoment, formatDate } from '../../../format/time.ts';
import { useApi } from '../../../rpc/provider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Chip } from '../../../ui/Chip.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { Body, Cell, Head, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import { NewTokenDialog } from './NewTokenDialog.tsx';
import { RevokeDialog } from './RevokeDialog.tsx';
import { expiryOf, scopeName, usedWords } from './token-words.ts';

/** Tokens with which programs ask the REST API: who has which, until when, last used. */
export function TokensSection() {
  const api = useApi();
  const queries = useQueryClient();
  const nowMs = useNow();
  const { tz } = useView();
  const [isMaking, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<ApiToken | null>(null);
  const query = useQuery(api.tokens.list.queryOptions());
  const tokens = query.data?.tokens ?? [];
  const refresh = () => void queries.invalidateQueries({ queryKey: api.tokens.key() });
  const make = (
    <Button onClick={() => setMaking(true)}>
      <Plus aria-hidden="true" strokeWidth={1.75} />
      New token…
    </Button>
  );
  const state = panelStateOf([query], {
    nowMs,
    tz,
    empty:
      tokens.length === 0 ? (
        <EmptyState icon={<KeyRound strokeWidth={1.75} />} title="No tokens yet" actions={make}>
          A token lets a program ask the REST API, or Prometheus read the exporter. It can be ended at any time.
        </EmptyState>
      ) : null,
  });
  return (
    <>
      {isMaking && <NewTokenDialog onMade={refresh} onClose={() => setMaking(false)} />}
      {revoking !== null && <RevokeDialog token={revoking} onRevoked={refresh} onClose={() => setRevoking(null)} />}
      <Panel
        title="API tokens"
        note="kept as hashes; the secret is shown once"
        actions={tokens.length === 0 ? undefined : make}
        padded={false}
        state={state}
        bodyClassName="overflow-x-auto"
      >
        <Table label="API tokens">
          <Head>
            <HeadCell>Name</HeadCell>
            <HeadCell>May</HeadCell>
            <HeadCell>Made</HeadCell>
            <HeadCell>Ends</HeadCell>
            <HeadCell>Last used</HeadCell>
            <HeadCell>
              <span className="sr-only">Deeds</span>
            </HeadCell>
          </Head>
          <Body>
            {tokens.map((token) => {
              const expiry = expiryOf(token, nowMs, tz);
              return (
                <Row key={token.id} roomy>
                  <Cell className="max-w-60 truncate font-medium" title={token.name}>
                    {token.name}
                  </Cell>
                  <Cell className="text-fg-2">{scopeName(token.scope)}</Cell>
                  <Cell className="text-fg-2" title={exactMoment(token.created_at, tz)}>
                    {formatDate(token.created_at, tz)}
                  </Cell>
                  <Cell>
                    {expiry.tone === 'plain' ? (
                      <span className="text-fg-2">{expiry.words}</span>
                    ) : (
                      <Chip tone={expiry.tone}>{expiry.words}</Chip>
                    )}
                  </Cell>
                  <Cell className="text-fg-2">{usedWords(token, nowMs, tz)}</Cell>
                  <Cell className="text-right">
                    <Button
                      kind="danger"
                      size="small"
                      aria-label={`Revoke ${token.name}`}
                      onClick={() => setRevoking(token)}
                    >
                      Revoke
                    </Button>
                  </Cell>
                </Row>
              );
            })}
          </Body>
        </Table>
      </Panel>
    </>
  );
}
