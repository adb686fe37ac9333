import { ORPCError } from '@orpc/client';
import { waitFor, within } from '@testing-library/react';
import { RecommendationsPage } from '../../../../src/renderer/features/recommendations/RecommendationsPage.tsx';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { sample } from '../figures/sample-client.ts';

export const AT = '/recommendations?cluster=c1&tz=UTC';
/** The list alone: most of the time of a page goes into the detail and its chart. */
export const LIST = `${AT}&detail=0`;
export type Recommendations = NonNullable<FakeOperations['recommendations']>;

/** The page without the frame around it. */
export const renderPage = (path = AT, recommendations: Recommendations = {}, more: FakeOperations = {}) =>
  renderPart(<RecommendationsPage />, { ...sample, ...more, recommendations }, path);

/** A refusal as the backend sends it. */
export const refusal =
  (message: string, failure: string, hint: string | null = null) =>
  () =>
    Promise.reject(new ORPCError('X', { message, data: { failure, hint } }));

export const never = () => new Promise<never>(() => undefined);

/** By its label and not by its role: to look for a role among all that a page holds takes most of a test. */
const tableOf = (tab: string): HTMLElement => {
  const table = document.querySelector<HTMLElement>(`table[aria-label="${tab} recommendations"]`);
  if (table === null) throw new Error(`no table of ${tab} recommendations`);
  return table;
};
export const findTable = async (tab = 'Open') => within(await waitFor(() => tableOf(tab)));

/** Titles of the rows in the order shown; the foot and group heads have none. */
export const titlesIn = (tab = 'Open'): (string | null)[] =>
  [...tableOf(tab).querySelectorAll('tr[aria-label]')].map((row) => row.getAttribute('aria-label'));

/** Texts of the cells of a row, without the box that selects it. */
export const cellsOf = (row: HTMLElement): (string | null)[] =>
  [...row.querySelectorAll('td')].slice(1).map((cell) => cell.textContent);

export const rowNamed = (title: string): HTMLElement => {
  const row = document.querySelector<HTMLElement>(`tr[aria-label="${title}"]`);
  if (row === null) throw new Error(`no row "${title}"`);
  return row;
};

export const footText = (): string => document.querySelector('tfoot')?.textContent ?? '';
