import { implement } from '@orpc/server';
import { recommendationsContract } from '../../../contract/savings-contract.ts';
import { apply, ignore, ignoreMany, unignore } from './by-hand.ts';
import type { RecommendationDeps } from './deps.ts';
import { detail } from './detail.ts';
import { history, openNow, top, withStatus } from './lists.ts';
import { savings } from './savings.ts';
import { thresholds, updateThresholds } from './thresholds.ts';

/** The operations of recommendations; errors become those of the contract where they are put into the whole router. */
export function createRecommendationsRouter(deps: RecommendationDeps) {
  const os = implement(recommendationsContract);
  return os.router({
    list: os.list.handler(({ input }) => openNow(input, deps)),
    active: os.active.handler(({ input }) => withStatus(input, 'active', deps)),
    ignored: os.ignored.handler(({ input }) => withStatus(input, 'ignored', deps)),
    applied: os.applied.handler(({ input }) => withStatus(input, 'applied', deps)),
    history: os.history.handler(({ input }) => history(input, deps)),
    top: os.top.handler(({ input }) => top(input, deps)),
    savings: os.savings.handler(({ input }) => savings(input, deps)),
    detail: os.detail.handler(({ input }) => detail(input.id, deps)),
    apply: os.apply.handler(({ input }) => apply(input, deps)),
    ignore: os.ignore.handler(({ input }) => ignore(input, deps)),
    unignore: os.unignore.handler(({ input }) => unignore(input.id, deps)),
    ignoreMany: os.ignoreMany.handler(({ input }) => ignoreMany(input, deps)),
    thresholds: os.thresholds.handler(() => thresholds(deps)),
    updateThresholds: os.updateThresholds.handler(({ input }) => updateThresholds(input, deps)),
  });
}
