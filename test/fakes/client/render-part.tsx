import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { parseSearchText, writeSearchText } from '../../../src/renderer/app/view/search-text.ts';
import type { ConnectionState } from '../../../src/renderer/rpc/connection.ts';
import { ClientProvider } from '../../../src/renderer/rpc/provider.tsx';
import { createFakeClient, type FakeOperations } from './client.ts';

/** One part of a page with all that is around it in the app: address, queries, client. */
export function renderPart(
  part: ReactNode,
  operations: FakeOperations = {},
  path = '/',
  connection: ConnectionState = { status: 'up' },
) {
  const client = createFakeClient(operations, connection);
  const router = createRouter({
    routeTree: createRootRoute({ component: () => part, validateSearch: (search: Record<string, unknown>) => search }),
    history: createMemoryHistory({ initialEntries: [path] }),
    parseSearch: parseSearchText,
    stringifySearch: writeSearchText,
  });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false }, mutations: { retry: false } } });
  const view = render(
    <QueryClientProvider client={queries}>
      <ClientProvider value={client}>
        <RouterProvider router={router} />
      </ClientProvider>
    </QueryClientProvider>,
  );
  return { ...view, client, calls: client.calls, address: () => router.state.location.href };
}
