import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { exactNumber } from '../../../../src/renderer/format/digits.ts';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { explanation, steps } from '../../../fakes/client/explain-answers.ts';
import { renderApp } from '../../../fakes/client/render-app.tsx';
import { sample } from '../figures/sample-client.ts';

const AT = '/?cluster=c1&tz=UTC';
const NAME = 'How this figure came about';
const panel = async () => within(await screen.findByRole('dialog', { name: NAME }));
const carbon = () => screen.findByRole('button', { name: /^How this figure came about: Carbon 23\.4 kg/ });

/** A failure as the backend sends it. */
const failure = (code: string, message: string, hint: string | null = null): Error =>
  Object.assign(new Error(message), { data: { failure: code, hint } });
const answering = (figure: NonNullable<FakeOperations['explain']>['figure']): FakeOperations => ({
  ...sample,
  explain: { ...(figure === undefined ? {} : { figure }) },
});

describe('opening', () => {
  it('opens from a figure, with the view and the metric in the question', async () => {
    const { calls, address } = renderApp(AT, sample);
    await userEvent.click(await carbon());
    expect(await (await panel()).findByText('Carbon of prod-eu-west-1')).toBeTruthy();
    expect(address()).toBe('/?cluster=c1&tz=UTC&explain=carbon');
    expect(calls.filter((call) => call.operation === 'explain.figure').map((call) => call.input)).toEqual([
      { metric: 'carbon', cluster: 'c1', tz: 'UTC', last: '7d' },
    ]);
    expect((await carbon()).getAttribute('aria-expanded')).toBe('true');
  });

  it('opens from the address, and Back closes what a click has opened', async () => {
    const { router, address } = renderApp(AT, sample);
    await userEvent.click(await carbon());
    await panel();
    router.history.back();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(address()).toBe(AT);
  });

  it('goes from figure to figure in one step of history', async () => {
    const { router, address } = renderApp(AT, sample);
    await userEvent.click(await carbon());
    await userEvent.click(await screen.findByRole('button', { name: /came about: Energy/ }));
    await waitFor(() => expect(address()).toContain('explain=energy'));
    await userEvent.click(await screen.findByRole('button', { name: /came about: Unallocated/ }));
    await waitFor(() => expect(address()).toContain('explain=carbon,namespace:__unallocated__'));
    router.history.back();
    await waitFor(() => expect(address()).toBe(AT));
  });

  it('leaves the page when another page is opened', async () => {
    renderApp(`${AT}&explain=carbon`, sample);
    await panel();
    await userEvent.click(screen.getByRole('link', { name: 'Explore' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('brings the step of the grid figure into sight', async () => {
    renderApp(AT, sample);
    await userEvent.click(await screen.findByRole('button', { name: /came about: Grid/ }));
    const step = await (await panel()).findByRole('listitem', { current: 'step' });
    expect(within(step).getByRole('heading', { name: 'Operational' })).toBeTruthy();
  });
});

describe('by keys', () => {
  it('opens with Enter, keeps Tab inside, closes with Escape, and gives the focus back', async () => {
    const { address } = renderApp(AT, sample);
    const figure = await carbon();
    figure.focus();
    await userEvent.keyboard('{Enter}');
    const dialog = await screen.findByRole('dialog', { name: NAME });
    await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
    await (await panel()).findByText('Carbon of prod-eu-west-1');
    for (let presses = 0; presses < 40; presses += 1) {
      await userEvent.tab();
      expect(dialog.contains(document.activeElement)).toBe(true);
    }
    await userEvent.tab({ shift: true });
    expect(dialog.contains(document.activeElement)).toBe(true);
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(address()).toBe(AT);
    await waitFor(() => expect(document.activeElement?.getAttribute('data-explain')).toBe('carbon'));
  });

  it('gives the focus to the figure also after a link has opened it', async () => {
    renderApp(`${AT}&explain=energy`, sample);
    await panel();
    await screen.findByRole('button', { name: /came about: Energy/ });
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(document.activeElement?.getAttribute('data-explain')).toBe('energy'));
  });

  it('opens with E on a row', async () => {
    const { address } = renderApp(AT, sample);
    const row = await screen.findByRole('row', { name: 'reranker in ml-inference' });
    row.focus();
    await userEvent.keyboard('e');
    await waitFor(() =>
      expect(address()).toContain('explain=carbon,cluster:c1,namespace:ml-inference,workload:Deployment/reranker'),
    );
  });
});

describe('the chain', () => {
  it('shows every value exactly as it was answered', async () => {
    renderApp(`${AT}&explain=carbon`, sample);
    const view = await panel();
    await userEvent.click(await view.findByRole('button', { name: 'All digits and sources' }));
    const items = within(view.getByRole('list', { name: 'Steps' })).getAllByRole('listitem');
    expect(items).toHaveLength(steps.length);
    for (const [index, step] of steps.entries()) {
      const item = items[index]!;
      expect(item.textContent).toContain(exactNumber(step.value));
      const values = [...item.querySelectorAll('[data-value]')].map((each) => each.textContent);
      expect(values).toEqual(
        step.terms.map(({ value, unit }) =>
          value === null ? 'no data' : `${exactNumber(value)} ${unit.replace('CO2', 'CO₂')}`.replace(/ 1?$/, ''),
        ),
      );
      const substituted = item.querySelector('[data-substituted]')?.textContent ?? '';
      for (const { value, symbol } of step.terms) {
        if (value !== null && step.formula.includes(symbol)) expect(substituted).toContain(exactNumber(value));
      }
    }
    expect(view.getByText(exactNumber(explanation.value), { exact: false, selector: '.text-figure' })).toBeTruthy();
  });

  it('shows three digits first: formula in symbols, then with values, range and note', async () => {
    renderApp(`${AT}&explain=carbon`, sample);
    const view = await panel();
    const items = within(await view.findByRole('list', { name: 'Steps' })).getAllByRole('listitem');
    expect(items[0]?.textContent).toContain('C_op + C_emb = 29.4kg + 5.82kg');
    expect(items[2]?.textContent).toContain('E_IT × PUE = 96.8kWh × 1.20');
    // A number in the formula counts on joules: no other unit may stand there.
    expect(items[1]?.textContent).toContain('= 418,320,001J / 3600000 × 253g CO₂e/kWh');
    expect(items[1]?.textContent).toContain('23.9–36.1');
    expect(view.getAllByText('29.0–42.6')).toHaveLength(2);
  });

  it('opens the values of one step with their sources, times and marks', async () => {
    renderApp(`${AT}&explain=carbon`, sample);
    const view = await panel();
    const opener = await view.findByRole('button', { name: 'Values and sources of Operational' });
    await userEvent.click(opener);
    expect(opener.getAttribute('aria-expanded')).toBe('true');
    const step = within(view.getAllByRole('listitem')[1]!);
    expect(step.getByText(/Electricity Maps v3, IE, of 19 Nov 13:00/)).toBeTruthy();
    expect(step.getByText('253.4 g CO₂e/kWh')).toBeTruthy();
    expect(step.getAllByRole('img', { name: 'Measured' }).length).toBeGreaterThan(0);
    await userEvent.click(view.getByRole('button', { name: 'Values and sources of Node power, m6i.2xlarge' }));
    expect(view.getByRole('img', { name: 'Set by a person' })).toBeTruthy();
  });

  it('ranks what would narrow the range, with the way to it', async () => {
    const { address } = renderApp(`${AT}&explain=carbon`, sample);
    const view = await panel();
    expect(await view.findByText('PUE of eu-west-1')).toBeTruthy();
    expect(view.getByRole('link', { name: 'Install Kepler' }).getAttribute('href')).toMatch(/^https:/);
    expect(view.queryByText('Hardware')).toBeNull();
    await userEvent.click(view.getByRole('button', { name: 'Set value' }));
    await waitFor(() => expect(address()).toBe('/settings?cluster=c1&tz=UTC&section=factors'));
  });

  it('says how its energy is known, why it is an estimate, and by which method', async () => {
    renderApp(`${AT}&explain=carbon`, sample);
    const view = await panel();
    expect(await view.findByText('Ten nodes have no meter')).toBeTruthy();
    expect(view.getByText('68 %')).toBeTruthy();
    expect(view.getByText('Computed by version 2.0.0 of the method')).toBeTruthy();
  });

  it('copies as text and as a call of the API', async () => {
    const user = userEvent.setup();
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue(undefined);
    renderApp(`${AT}&explain=carbon,namespace:search`, sample);
    const view = await panel();
    await user.click(await view.findByRole('button', { name: 'Copy as text' }));
    expect(write.mock.lastCall?.[0]).toContain('   = 348600000.5 J × 1.2\n');
    await user.click(view.getByRole('button', { name: 'Copy as API call' }));
    expect(write.mock.lastCall?.[0]).toMatch(
      /^curl '.*\/api\/v1\/explain\?(?=.*metric=carbon)(?=.*namespace=search)(?=.*last=7d)/,
    );
  });
});

describe('without an answer', () => {
  it('waits', async () => {
    renderApp(
      `${AT}&explain=carbon`,
      answering(() => new Promise(() => undefined)),
    );
    expect(await (await panel()).findByRole('status', { name: /^Loading how/ })).toBeTruthy();
  });

  it('says what failed, and asks again', async () => {
    let asked = 0;
    renderApp(
      `${AT}&explain=carbon`,
      answering(async () => {
        asked += 1;
        if (asked === 1) throw failure('timeout', 'The store took too long', 'Choose a shorter range.');
        return explanation;
      }),
    );
    const view = await panel();
    expect((await view.findByRole('alert')).textContent).toContain('The store took too longChoose a shorter range.');
    await userEvent.click(view.getByRole('button', { name: 'Try again' }));
    expect(await view.findByText('Carbon of prod-eu-west-1')).toBeTruthy();
  });

  it('has words for rows that are gone, and the way to the whole range', async () => {
    const { address } = renderApp(
      `${AT}&explain=carbon,start:2026-11-13T00:00:00Z,end:2026-11-13T02:00:00Z`,
      answering(async (input) => {
        if (input?.start !== undefined) throw failure('not-found', 'There are no figures of this in the range');
        return explanation;
      }),
    );
    const view = await panel();
    expect(await view.findByText('There are no figures of this in the range')).toBeTruthy();
    expect(view.getByText(/may have been removed/)).toBeTruthy();
    await userEvent.click(view.getByRole('button', { name: 'Explain the whole range' }));
    expect(await view.findByText('Carbon of prod-eu-west-1')).toBeTruthy();
    expect(address()).toContain('explain=carbon');
    expect(address()).not.toContain('start');
  });

  it('keeps figure and range where only the sum is kept', async () => {
    renderApp(
      `${AT}&explain=carbon`,
      answering(async () => ({ ...explanation, steps: [] })),
    );
    const view = await panel();
    expect(await view.findByText('Only the sum is kept')).toBeTruthy();
    expect(view.getByText('29.0–42.6')).toBeTruthy();
    expect(view.queryByRole('button', { name: 'Explain the whole range' })).toBeNull();
  });

  it('has nothing to explain of nothing', async () => {
    const none = { measured: 0, modelled: 0, default: 0 };
    renderApp(
      `${AT}&explain=carbon`,
      answering(async () => ({ ...explanation, value: 0, low: 0, high: 0, steps: [], narrowing: [], quality: none })),
    );
    expect(await (await panel()).findByText('Nothing to explain')).toBeTruthy();
  });

  it('says of a link that names no figure what it is', async () => {
    const { address } = renderApp(`${AT}&explain=colour`, sample);
    const view = await panel();
    expect(await view.findByText('This link names no figure')).toBeTruthy();
    await userEvent.click(view.getAllByRole('button', { name: 'Close' })[0]!);
    await waitFor(() => expect(address()).toBe(AT));
  });
});
