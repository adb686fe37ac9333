import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GreenKubeImport } from '../../../src/backend/greenkube-import/import-report.ts';
import { Tally } from '../../../src/backend/greenkube-import/tally.ts';
import { formatImport, importResult, RECOMMENDATIONS_LEFT } from '../../../src/cli/output/greenkube-text.ts';
import { openSqliteResults } from '../../../src/storage/sqlite/index.ts';
import { CLUSTER } from '../../contract/storage/sample-windows.ts';
import { clusterNamed } from '../../contract/storage/savings/sample-recommendations.ts';
import { fillSqlite } from '../../fakes/greenkube/databases.ts';
import { history, rawLine, sumOf } from '../../fakes/greenkube/history.ts';
import { commandsOfTests } from './running-commands.ts';

const commands = commandsOfTests();
const at = (name: string) => join(commands.folder(), name);

async function makeStore(): Promise<void> {
  mkdirSync(at('data'));
  const store = await openSqliteResults({ file: at('data/podwatt.sqlite'), readers: 1 });
  await store.putCluster(clusterNamed(CLUSTER, 'prod'));
  await store.close();
}

const start = (...more: string[]) => commands.run(['store', 'import-greenkube', ...more]);

describe('store import-greenkube', () => {
  it('takes a history into the store of the data folder, and says what came of it', async () => {
    await makeStore();
    const { tables, counted, windows } = history();
    fillSqlite(at('greenkube.db'), tables);
    const first = start('--from', 'sqlite:greenkube.db', '--cluster', 'prod', '--json');
    expect([await first.exitCode, first.stderr()]).toEqual([0, '']);
    const result = JSON.parse(first.stdout());
    expect(result).toMatchObject({
      from: at('greenkube.db'),
      to: at('data/podwatt.sqlite'),
      cluster: { id: CLUSTER, name: 'prod' },
      windows: { written: windows.length, already_there: 0, not_over: 0, refused: {} },
      rows: { taken: counted.length, refused: {}, in_the_other_table: 21, of_windows_left: 0 },
      imported: { currency: 'EUR' },
      node_snapshots: { taken: 4 },
      intensities: { taken: 3 },
      recommendations: { taken: 0, left: 2, reason: RECOMMENDATIONS_LEFT },
    });
    expect(result.imported.joules / sumOf(counted, 'joules')).toBeCloseTo(1, 9);

    const again = start('--from', `sqlite://${at('greenkube.db')}`, '--cluster', CLUSTER);
    expect(await again.exitCode).toBe(0);
    expect(again.stdout()).toContain(`windows   0 written; ${windows.length} were there already\n`);
    expect(again.steps).toEqual([]);
  });

  it('names refused lines and goes on', async () => {
    await makeStore();
    fillSqlite(at('greenkube.db'), {
      combined_metrics: [rawLine(1_767_571_200), rawLine(1_767_571_201, 0, 1, { joules: -1 })],
    });
    const command = start('--from', 'sqlite:greenkube.db', '--cluster', 'prod');
    expect(await command.exitCode).toBe(0);
    expect(command.stdout()).toContain('rows      1 taken; 1 refused: 1 because joules is negative\n');
    expect(command.stdout()).toContain('advice    none there\n');
  });

  it.each<[string, string[], number, string]>([
    ['without a source', ['--cluster', 'prod'], 2, "required option '--from <url>'"],
    ['without a cluster', ['--from', 'sqlite:x.db'], 2, "required option '--cluster <id>'"],
    ['from an address that is none', ['--from', 'mysql://u:hunter2@h/d', '--cluster', 'prod'], 2, '--from begins with'],
    ['from a file that is not there', ['--from', 'sqlite:none.db', '--cluster', 'prod'], 1, 'There is no file'],
    ['from another program', ['--from', 'sqlite:other.db', '--cluster', 'prod'], 2, 'is no database of GreenKube'],
    ['from Podwatt itself', ['--from', 'sqlite:data/podwatt.sqlite', '--cluster', 'prod'], 2, 'a store of Podwatt'],
    ['into a cluster that is not there', ['--from', 'sqlite:greenkube.db', '--cluster', 'dev'], 1, 'no cluster dev'],
  ])('is refused %s', async (_, args, exitCode, words) => {
    await makeStore();
    fillSqlite(at('greenkube.db'), {});
    fillSqlite(at('other.db'), {}, { isNew: false });
    const command = start(...args);
    expect(await command.exitCode).toBe(exitCode);
    expect(command.stderr()).toContain(words);
    expect(command.stderr()).not.toContain('hunter2');
    expect(command.stdout()).toBe('');
  });

  it('is refused where there is no store yet, and makes none', async () => {
    fillSqlite(at('greenkube.db'), {});
    const command = start('--from', 'sqlite:greenkube.db', '--cluster', 'prod');
    expect(await command.exitCode).toBe(1);
    expect(command.stderr()).toContain('There is no store of this version');
  });
});

describe('the words of an import', () => {
  const tally = (taken: number, refused: Record<string, number> = {}): Tally => {
    const made = new Tally();
    made.taken = taken;
    for (const [reason, count] of Object.entries(refused)) made.refused.set(reason, count);
    return made;
  };
  const done: GreenKubeImport = {
    from: 'a\u001b[2Jplace',
    to: 'there',
    cluster: { id: 'c', name: 'prod', currency: 'EUR' },
    windows: {
      written: 9,
      known: 2,
      open: 1,
      refused: new Map([['its day was pruned', 3]]),
      rowsInOther: 21,
      rowsLeft: 6,
      joules: 3.6e6,
      co2eGrams: 50,
      embodiedCo2eGrams: 5,
      totalCost: 0.25,
    },
    rows: tally(40, { 'joules is negative': 2, 'pue is missing': 1 }),
    nodes: tally(4),
    intensities: tally(3, { 'zone can not be read': 1 }),
    recommendationsLeft: 2,
  };

  it('say what was taken, and why the rest was not', () => {
    expect(formatImport(done)).toBe(`from      a?[2Jplace
to        there
cluster   prod (c)
windows   9 written; 2 were there already; 1 are not over yet; 3 were refused: its day was pruned
rows      40 taken; 21 left because their hour is taken from GreenKube's other table; 6 left with their windows; 3 refused: 2 because joules is negative, 1 because pue is missing
sums      1.00 kWh, 50.0 g CO2e, 5.00 g embodied, 0.250 taken as EUR
nodes     4 snapshots taken
grid      3 intensities taken; 1 refused: 1 because zone can not be read
advice    2 recommendations not taken. ${RECOMMENDATIONS_LEFT}
`);
  });

  it('are the same as JSON', () => {
    expect(importResult(done)).toMatchObject({
      windows: { written: 9, already_there: 2, not_over: 1, refused: { 'its day was pruned': 3 } },
      rows: { taken: 40, refused: { 'joules is negative': 2, 'pue is missing': 1 } },
      imported: { joules: 3.6e6, co2e_grams: 50, embodied_co2e_grams: 5, total_cost: 0.25, currency: 'EUR' },
      intensities: { taken: 3, refused: { 'zone can not be read': 1 } },
    });
  });
});
