import { PROVIDERS } from '../../model/cluster.ts';
import { Failure } from '../../model/failure.ts';
import type { ContextSettings } from './context-settings.ts';

/** A key of Electricity Maps: a country, or a part of one. */
const ZONE = /^[A-Z]{2}(-[A-Z0-9]+)*$/;
const EXAMPLE = 'for example FR or US-CAL-CISO';

/**
 * Throws `bad-input` with the field that is wrong and what it takes. What was kept by an older version is left alone as
 * long as it isn't changed.
 */
export function checkMethod(after: ContextSettings, before: ContextSettings): void {
  if (after.zone !== null && after.zone !== before.zone) checkZone(after.zone, 'zone');
  if (after.zoneRules !== before.zoneRules) checkRules(after.zoneRules);
  const { openCostUrl } = after;
  if (openCostUrl !== null) checkAddress(openCostUrl, 'opencost.url', 'http://opencost.example.org:9003');
}

function checkRules(zoneRules: ContextSettings['zoneRules']): void {
  zoneRules.forEach((rule, index) => {
    const place = `zone_rules, rule ${index + 1}`;
    checkZone(rule.zone, place);
    const { provider, region, label } = rule;
    if (provider === null && region === null && label === null) {
      throw new Failure('bad-input', `${place} names no provider, region or label, so it would hold for all nodes`, {
        hint: 'Set zone instead, which holds for the whole cluster.',
      });
    }
    if (provider !== null && !PROVIDERS.some((known) => known === provider)) {
      throw new Failure('bad-input', `${place}: provider takes one of ${PROVIDERS.join(', ')}`);
    }
  });
}

/** An http(s) address without a user in it; the message does not repeat it. */
export function checkAddress(url: string, field: string, example: string, hint: string | null = null): void {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol)) {
    throw new Failure('bad-input', `${field} takes an http or https address, for example ${example}`);
  }
  if (parsed.username !== '' || parsed.password !== '') {
    const message = `${field} must not hold a user or a password`;
    throw new Failure('bad-input', message, hint === null ? {} : { hint });
  }
}

function checkZone(zone: string, place: string): void {
  if (ZONE.test(zone) || zone === 'WORLD') return;
  throw new Failure('bad-input', `${place}: the grid zone is a key of Electricity Maps, ${EXAMPLE}`);
}
