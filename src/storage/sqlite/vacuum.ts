import type Database from 'better-sqlite3';

/** Keys removed a step. */
const KEYS_A_STEP = 20_000;
/** Pages given back a step: some tens of milliseconds. */
const PAGES_A_STEP = 2000;

/**
 * One step of giving room back; true if there is more to do. First go the keys of pods that nothing is kept of, then
 * free pages; the last step refreshes what the planner knows. Texts that nothing names any more stay: to find them, all
 * rows would have to be read.
 */
export function vacuum(database: Database.Database): boolean {
  return removeUnusedKeys(database) || releasePages(database) || refresh(database);
}

/** A pod that has any row or roll-up by pod has presence: retention removes it last, and a window adds it first. */
function removeUnusedKeys(database: Database.Database): boolean {
  return database
    .transaction(() => {
      const { changes } = database
        .prepare(
          `DELETE FROM pod_keys WHERE id IN (SELECT k.id FROM pod_keys k
             WHERE k.row_kind = 0 AND NOT EXISTS (SELECT 1 FROM presence p WHERE p.key_id = k.id) LIMIT ${KEYS_A_STEP})`,
        )
        .run();
      if (changes < KEYS_A_STEP) {
        database.exec('DELETE FROM pod_identities WHERE id NOT IN (SELECT pod_identity FROM pod_keys)');
      }
      return changes > 0;
    })
    .immediate();
}

function releasePages(database: Database.Database): boolean {
  const free = freePages(database);
  if (free === 0) return false;
  database.pragma(`incremental_vacuum(${PAGES_A_STEP})`);
  return freePages(database) < free;
}

function refresh(database: Database.Database): false {
  database.pragma('analysis_limit = 400');
  database.exec('ANALYZE');
  // The file itself shrinks when its log is taken in; readers that are at work leave that to a later time.
  database.pragma('wal_checkpoint(TRUNCATE)');
  return false;
}

function freePages(database: Database.Database): number {
  return Number(database.pragma('freelist_count', { simple: true }));
}
