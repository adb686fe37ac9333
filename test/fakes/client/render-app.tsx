import { QueryClient } from '@tanstack/react-query';
import { createMemoryHistory } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { App } from '../../../src/renderer/app/App.tsx';
import { createAppRouter } from '../../../src/renderer/app/router.tsx';
import { createFakeClient, type FakeClient, type FakeOperations } from './client.ts';

/** The whole app at an address, with a fake client; failures are not tried again, so that tests see them at once. */
export function renderApp(path: string, operations: FakeOperations | FakeClient = {}) {
  const client = 'client' in operations ? (operations as FakeClient) : createFakeClient(operations as FakeOperations);
  const history = createMemoryHistory({ initialEntries: [path] });
  const router = createAppRouter(history);
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false }, mutations: { retry: false } } });
  const view = render(<App client={client} queries={queries} router={router} />);
  return { ...view, client, router, calls: client.calls, address: () => router.state.location.href };
}
