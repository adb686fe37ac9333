import type { WebhookDelivery } from '../../../../contract/schemas/webhook.ts';
import { exactMoment } from '../../../format/time.ts';
import { Chip } from '../../../ui/Chip.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { Body, Cell, Head, HeadCell, Row, Table } from '../../../ui/Table.tsx';
import { deliveryName, problemWords, stateOf, triesWords } from './delivery-words.ts';

/** What became of the newest alerts. */
export function DeliveriesPanel(props: { deliveries: readonly WebhookDelivery[]; nowMs: number; tz: string }) {
  const { deliveries, nowMs, tz } = props;
  return (
    <Panel
      title="Deliveries"
      note="five tries over about an hour; the app has every alert"
      padded={false}
      bodyClassName="overflow-x-auto"
    >
      <Table label="Deliveries">
        <Head>
          <HeadCell>Alert</HeadCell>
          <HeadCell>Month</HeadCell>
          <HeadCell>State</HeadCell>
          <HeadCell>Tries</HeadCell>
          <HeadCell>What failed</HeadCell>
        </Head>
        <Body>
          {deliveries.map((delivery) => {
            const { words, tone } = stateOf(delivery);
            const at = delivery.last_try_at;
            return (
              <Row key={delivery.id} roomy>
                <Cell className="max-w-60 truncate font-medium" title={delivery.budget_name}>
                  {deliveryName(delivery)}
                </Cell>
                <Cell className="text-fg-2">{delivery.month}</Cell>
                <Cell>
                  <Chip tone={tone}>{words}</Chip>
                </Cell>
                <Cell className="text-fg-2" {...(at === null ? {} : { title: exactMoment(at, tz) })}>
                  {triesWords(delivery, nowMs, tz)}
                </Cell>
                <Cell className="text-fg-2">
                  <span className="block min-w-60 whitespace-normal">{problemWords(delivery)}</span>
                </Cell>
              </Row>
            );
          })}
        </Body>
      </Table>
    </Panel>
  );
}
