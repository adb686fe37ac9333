import { afterAll, beforeAll, describe, it } from 'vitest';
import { startPrometheus } from '../../services/prometheus.ts';
import { cluster } from '../pipeline/day-cluster.ts';
import { Closing, openBackend } from './contexts.ts';
import { check, collect, troubleOf } from './observe.ts';
import { CONTEXTS, prepareContexts } from './situations.ts';
const closing = new Closing();
describe('x', () => {
  afterAll(() => closing.close());
  it('y', async () => {
    const p = await startPrometheus({ openMetrics: (f) => cluster.writeOpenMetrics(f) });
    closing.add({ close: () => p.stop() });
    const files = await prepareContexts(closing, p.url);
    const { backend, client, dataDir } = await openBackend(closing, [...files, 'users:\n - name: "x\n'], { initialContexts: CONTEXTS });
    const t = performance.now();
    await backend.start();
    const r = await Promise.all(CONTEXTS.map(async (c) => {
      const [k, tr, co] = await Promise.all([check(client, c), troubleOf(client, c, t), collect(client, c)]);
      return { c, k, tr, co };
    }));
    for (const { c, k, tr, co } of r) {
      console.log(`## ${c}\n check ${Math.round(k.milliseconds)} ${k.error?.message ?? ''} | ${k.error?.hint ?? ''}\n` + k.steps.filter((s) => ['kubernetes', 'usage'].includes(s.source)).map((s) => `   ${s.source} ${s.state}: ${s.detail} | ${s.hint}`).join('\n') +
        `\n session ${Math.round(tr?.milliseconds ?? -1)} ${tr?.message} | ${tr?.hint}\n collect ${co.rows} ${Math.round(co.error?.milliseconds ?? -1)} ${co.error?.message} | ${co.error?.hint}`);
    }
    const cl = await client.clusters.list();
    for (const c of cl.clusters) console.log(c.context_name, c.state, c.last_error?.message, JSON.stringify(c.sources.slice(0, 2)));
    console.log(JSON.stringify((await client.contexts.list()).files.at(-1)));
  });
});
