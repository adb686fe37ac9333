import { describe, it } from 'vitest';
import { needs } from '../../setup/programs.ts';
import { freezeAndThaw } from './shared-writing.ts';
import { ELASTICSEARCH, POSTGRES, type TargetKind } from './targets.ts';

const ROUNDS = 3;

/** The server ends a transaction whose client froze in its middle after that time; until then nobody else can go on. */
const IMPATIENT_POSTGRES: TargetKind = {
  ...POSTGRES,
  make: async () => {
    const target = await POSTGRES.make();
    const settings = { ...target.settings, statementTimeoutMilliseconds: 5000 };
    return { ...target, settings };
  },
};

describe('two processes on one store, each frozen past its lease in turn', { timeout: 400_000 }, () => {
  it.runIf(needs('postgres'))('write no window both on PostgreSQL', () => freezeAndThaw(IMPATIENT_POSTGRES, ROUNDS));
  it.runIf(needs('elasticsearch'))('write no window both on Elasticsearch', () => freezeAndThaw(ELASTICSEARCH, ROUNDS));
});
