import { describe, it } from 'vitest';
import { needs } from '../../setup/programs.ts';
import { killMaintaining, killOpening, killWriting } from './kill-rounds.ts';
import { ALL_TARGETS } from './targets.ts';

const ROUNDS = 3;

for (const kind of ALL_TARGETS) {
  describe.runIf(kind.program === null || needs(kind.program))(`${kind.name}: a process that is killed`, () => {
    it('while it writes loses at most the running window', () => killWriting(kind, ROUNDS));
    it('while it removes what is old loses nothing else', () => killMaintaining(kind, ROUNDS));
    it('while it makes the schema leaves one that can be finished', () => killOpening(kind, ROUNDS));
  });
}
