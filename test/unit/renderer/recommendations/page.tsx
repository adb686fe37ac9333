import { ORPCError } from '@orpc/client';
import { screen, within } from '@testing-library/react';
import { RecommendationsPage } from '../../../../src/renderer/features/recommendations/RecommendationsPage.tsx';
import type { FakeOperations } from '../../../fakes/client/client.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';
import { sample } from '../figures/sample-client.ts';

export const AT = '/recommendations?cluster=c1&tz=UTC';
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

export const findTable = async (tab = 'Open') =>
  within(await screen.findByRole('table', { name: `${tab} recommendations` }));

/** Titles of the rows in the order shown; the foot and group heads have none. */
export const titlesIn = (tab = 'Open'): (string | null)[] =>
  [...screen.getByRole('table', { name: `${tab} recommendations` }).querySelectorAll('tr[aria-label]')].map((row) =>
    row.getAttribute('aria-label'),
  );

/** Texts of the cells of a row, without the box that selects it. */
export const cellsOf = (row: HTMLElement): (string | null)[] =>
  [...row.querySelectorAll('td')].slice(1).map((cell) => cell.textContent);

export const rowNamed = (title: string): HTMLElement => {
  const row = document.querySelector<HTMLElement>(`tr[aria-label="${title}"]`);
  if (row === null) throw new Error(`no row "${title}"`);
  return row;
};

export const footText = (): string => document.querySelector('tfoot')?.textContent ?? '';
