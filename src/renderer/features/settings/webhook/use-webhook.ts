import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { WebhookSettings } from '../../../../contract/schemas/webhook.ts';
import { useApi } from '../../../rpc/provider.tsx';

/** Deliveries go on by themselves. */
const ASK_AGAIN_MS = 15_000;

export function useWebhook() {
  const api = useApi();
  return useQuery(api.webhook.get.queryOptions({ refetchInterval: ASK_AGAIN_MS }));
}

/** Saves, removes and tests; what holds afterwards is shown at once. */
export function useWebhookDeeds(onChanged: () => void) {
  const api = useApi();
  const queries = useQueryClient();
  const onSuccess = (answer: WebhookSettings) => {
    queries.setQueryData(api.webhook.get.queryKey(), answer);
    onChanged();
  };
  return {
    save: useMutation(api.webhook.save.mutationOptions({ onSuccess })),
    remove: useMutation(api.webhook.remove.mutationOptions({ onSuccess })),
    test: useMutation(api.webhook.test.mutationOptions()),
  };
}
