import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type AnyRouter, RouterProvider } from '@tanstack/react-router';
import type { ConnectedClient } from '../rpc/create-client.ts';
import { ClientProvider } from '../rpc/provider.tsx';

export function App(props: { client: ConnectedClient; queries: QueryClient; router: AnyRouter }) {
  return (
    <QueryClientProvider client={props.queries}>
      <ClientProvider value={props.client}>
        <RouterProvider router={props.router} />
      </ClientProvider>
    </QueryClientProvider>
  );
}
