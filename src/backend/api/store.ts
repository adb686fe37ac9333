import type * as z from 'zod';
import type {
  Retention,
  StoreAddressInput,
  StoreStatus,
  StoreTestResult,
  MaintenanceOutcome as WireOutcome,
} from '../../contract/schemas/store.ts';
import { checkRetention } from '../../model/retention.ts';
import { signalOr } from '../changes/wait-for.ts';
import { testStore } from '../store/open-store.ts';
import { describeStore } from '../store/store-address.ts';
import { readAddress } from '../store/store-choice.ts';
import type { StoreTarget } from '../store/store-target.ts';
import type { ApiDeps } from './deps.ts';
import { outcomeOf, storeStatus } from './store-status.ts';

export async function testAddress({
  url,
}: z.infer<typeof StoreAddressInput>): Promise<z.infer<typeof StoreTestResult>> {
  const settings = await readAddress(url);
  const found = await testStore(settings);
  return {
    ok: found.isOk,
    kind: settings.kind,
    location: describeStore(settings),
    latency_ms: found.latencyMilliseconds,
    server_version: found.serverVersion,
    schema: found.schema,
    missing_rights: [...found.missingRights],
    read_only: found.isReadOnly,
    problem: found.problem?.message ?? null,
    hint: found.problem?.hint ?? null,
  };
}

/** @throws Failure as the opening of the new store does; then nothing has changed */
export async function changeStore({ url }: z.infer<typeof StoreAddressInput>, deps: ApiDeps): Promise<StoreStatus> {
  deps.stores.choices.refuseIfGiven();
  return switchTo(await deps.stores.choices.read(url), url, deps);
}

export async function resetStore(deps: ApiDeps): Promise<StoreStatus> {
  deps.stores.choices.refuseIfGiven();
  return switchTo(deps.stores.choices.fallback(), null, deps);
}

async function switchTo(target: StoreTarget, address: string | null, deps: ApiDeps): Promise<StoreStatus> {
  const { stores, collecting } = deps;
  await collecting.pausedWhile(() => stores.switchTo(target, address));
  deps.changes.publish({ kind: 'contexts' });
  return storeStatus(deps);
}

/** Of this app; where a store is shared, the shortest time of all apps counts. */
export async function setRetention(input: Retention, deps: ApiDeps): Promise<StoreStatus> {
  const policy = {
    rawDays: input.raw_days,
    podHourDays: input.pod_hour_days,
    hourDays: input.hour_days,
    podDayDays: input.pod_day_days,
    dayDays: input.day_days,
  };
  checkRetention(policy);
  await deps.stores.retention.update(() => policy);
  deps.changes.publish({ kind: 'store' });
  return storeStatus(deps);
}

export async function maintainNow(
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): Promise<z.infer<typeof WireOutcome>> {
  const outcome = await deps.stores.maintenance.runNow(AbortSignal.any([signalOr(signal), deps.stopping]));
  deps.changes.publish({ kind: 'store' });
  return outcomeOf(outcome);
}
