import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { StoreStatus } from '../../../../contract/schemas/store.ts';
import { useApi } from '../../../rpc/provider.tsx';

/** Testing an address, changing over to it, and going back to the file in the data folder. */
export function useStoreChange(onChanged: () => void) {
  const api = useApi();
  const queries = useQueryClient();
  // Another store holds other figures: everything is asked again once its state is known (see useStoreChanges).
  const onSuccess = (status: StoreStatus) => {
    queries.setQueryData(api.store.status.queryKey(), status);
    onChanged();
  };
  return {
    test: useMutation(api.store.test.mutationOptions()),
    change: useMutation(api.store.change.mutationOptions({ onSuccess })),
    reset: useMutation(api.store.reset.mutationOptions({ onSuccess })),
  };
}
