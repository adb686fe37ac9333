import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { freshContexts } from '../../../fakes/client/answers.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';

describe('FirstRunGate', () => {
  it('leads to the first run where nothing is stored and nothing collects', async () => {
    const { address } = renderApp('/nodes?last=30d', {
      contexts: { list: async () => freshContexts },
      clusters: { list: async () => ({ clusters: [] }) },
    });
    await waitFor(() => expect(address()).toBe('/first-run?last=30d'));
  });

  it('leaves the clusters page alone', async () => {
    const { address } = renderApp('/clusters', {
      contexts: { list: async () => freshContexts },
      clusters: { list: async () => ({ clusters: [] }) },
    });
    expect(await screen.findByRole('heading', { name: 'Clusters' })).toBeTruthy();
    expect(address()).toBe('/clusters');
  });

  it('shows a failure with a way to try again', async () => {
    let tries = 0;
    renderApp('/nodes', {
      clusters: {
        list: async () => {
          tries += 1;
          throw new Error('broken');
        },
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(tries).toBeGreaterThan(1));
  });
});
