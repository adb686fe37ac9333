import { describe, it } from 'vitest';
import { killMaintaining, killOpening, killWriting } from '../integration/stores/kill-rounds.ts';
import { ALL_TARGETS } from '../integration/stores/targets.ts';
import { needs } from '../setup/programs.ts';

const ROUNDS = 50;

for (const kind of ALL_TARGETS) {
  describe.runIf(kind.program === null || needs(kind.program))(
    `${kind.name}: a process that is killed`,
    { timeout: 3_600_000 },
    () => {
      it('while it writes loses at most the running window', () => killWriting(kind, ROUNDS));
      it('while it removes what is old loses nothing else', () => killMaintaining(kind, ROUNDS));
      it('while it makes the schema leaves one that can be finished', () => killOpening(kind, ROUNDS));
    },
  );
}
