import { useNow } from '../../../app/use-now.ts';
import { useView } from '../../../app/view/use-view.ts';
import { panelStateOf } from '../../../figures/panel-state.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { DeliveriesPanel } from './DeliveriesPanel.tsx';
import { useWebhook } from './use-webhook.ts';
import { WebhookForm } from './WebhookForm.tsx';

/** Where alerts go besides the app, and whether they arrived. */
export function WebhookSection() {
  const nowMs = useNow();
  const { tz } = useView();
  const query = useWebhook();
  const deliveries = query.data?.deliveries ?? [];
  return (
    <>
      <Panel title="Webhook" note="one address" padded={false} state={panelStateOf([query], { nowMs, tz })}>
        {query.data !== undefined && <WebhookForm kept={query.data} />}
      </Panel>
      {deliveries.length > 0 && <DeliveriesPanel deliveries={deliveries} nowMs={nowMs} tz={tz} />}
    </>
  );
}
