import { describe, expect, test } from 'vitest';
import { SourceStates } from '../../../../src/backend/clusters/source-states.ts';
import type { Notice } from '../../../../src/model/inventory.ts';

const NOW = 1000;
const FAILED: Notice = {
  code: 'costs-not-read',
  severity: 'warning',
  message: 'OpenCost is down',
  hint: 'Look at it.',
};
const OTHER: Notice = { code: 'no-node-exporter', severity: 'warning', message: 'No node exporter', hint: null };

function stateAfter(...outcomes: Parameters<SourceStates['priced']>[0][]) {
  const states = new SourceStates();
  for (const outcome of outcomes) states.priced(outcome, NOW);
  return states.list().find(({ name }) => name === 'cost');
}

describe('where costs come from', () => {
  test('unit prices, as long as the cluster has no cost source, and again when it has none any more', () => {
    const prices = { state: 'ok', detail: 'Unit prices from the settings', checkedAtSeconds: null };
    expect(stateAfter()).toMatchObject(prices);
    expect(stateAfter({ costs: 'none', notices: [OTHER] })).toMatchObject(prices);
    expect(stateAfter({ costs: 'answered', notices: [] }, { costs: 'none', notices: [] })).toMatchObject(prices);
  });

  test("the cluster's own OpenCost, whatever else was amiss", () => {
    expect(stateAfter({ costs: 'answered', notices: [OTHER] })).toMatchObject({
      state: 'ok',
      detail: expect.stringContaining('OpenCost'),
      checkedAtSeconds: NOW,
    });
  });

  test('one that failed says why, and what can be done', () => {
    expect(stateAfter({ costs: 'failed', notices: [OTHER, FAILED] })).toMatchObject({
      state: 'partial',
      detail: 'OpenCost is down',
      hint: 'Look at it.',
    });
  });
});
