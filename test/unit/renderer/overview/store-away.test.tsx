import { ORPCError } from '@orpc/client';
import { act, configure, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { Figures } from '../../../../src/renderer/features/overview/Figures.tsx';
import { createFakeClient } from '../../../fakes/client/client.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { awayStatus, storeStatus } from '../../../fakes/client/store-answers.ts';
import { sample } from '../figures/sample-client.ts';

configure({ asyncUtilTimeout: 5000 });
beforeEach(() => localStorage.clear());

const away = () =>
  Promise.reject(new ORPCError('X', { message: 'The store is away', data: { failure: 'store-away', hint: null } }));

describe('the overview while the store is away', () => {
  it('keeps every figure on screen, with its age, and raises no alarm', async () => {
    let isAway = false;
    const orAway =
      <I, O>(answer: ((input: I) => Promise<O>) | undefined) =>
      (input: I) =>
        isAway || answer === undefined ? away() : answer(input);
    const client = createFakeClient({
      ...sample,
      metrics: {
        summary: orAway(sample.metrics?.summary),
        timeseries: orAway(sample.metrics?.timeseries),
        breakdown: orAway(sample.metrics?.breakdown),
      },
      store: { status: async () => (isAway ? awayStatus : storeStatus) },
    });
    renderApp('/?tz=UTC', client);
    const carbon = await screen.findAllByTitle(/ g CO₂e$/);
    const figure = carbon[0]?.textContent;
    isAway = true;
    act(() => client.connection.set({ status: 'down', reason: null }));
    act(() => client.connection.set({ status: 'up' }));
    expect(await screen.findByRole('region', { name: 'Storage is away' })).toBeTruthy();
    await waitFor(() =>
      expect(screen.getAllByText(/^Figures of .*newer ones come when the store is back\.$/).length).toBeGreaterThan(1),
    );
    expect(screen.getByText(/^Figures of [^;]*$/)).toBeTruthy();
    expect(screen.getAllByTitle(/ g CO₂e$/)[0]?.textContent).toBe(figure);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says quietly that there are none where there never were any', async () => {
    const error = await away().catch((failure: unknown) => failure);
    renderPart(<Figures summary={undefined} error={error} onRetry={() => undefined} />);
    expect(await screen.findByRole('status')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('claims no number of clusters where they can not be read', async () => {
    renderApp('/settings', { clusters: { list: away }, store: { status: async () => awayStatus } });
    expect(await screen.findByRole('button', { name: 'Cluster: all clusters' })).toBeTruthy();
    expect(screen.queryByText('0 collecting')).toBeNull();
  });
});
