import { describe, expect, it } from 'vitest';
import {
  kindName,
  momentWords,
  nextTryWords,
  sentence,
  stateWords,
  waitingWords,
} from '../../../../src/renderer/app/store/store-words.ts';

const NOW = Date.parse('2026-11-19T14:00:00Z');
const spool = (windows: number, oldest: string | null = '2026-11-19T13:05:00Z') => ({ spool: { windows, oldest } });

describe('words about the store', () => {
  it('name the kinds as their makers do', () => {
    expect(['sqlite', 'postgres', 'elasticsearch'].map((kind) => kindName(kind as 'sqlite'))).toEqual([
      'SQLite',
      'PostgreSQL',
      'Elasticsearch',
    ]);
  });

  it('say how it does and since when', () => {
    const since = '2026-11-19T13:40:00Z';
    expect(stateWords({ state: 'up', since }, NOW, 'UTC')).toBe('Connected');
    expect(stateWords({ state: 'away', since }, NOW, 'Europe/Paris')).toBe('Away since 14:40');
    expect(stateWords({ state: 'read-only', since }, NOW, 'UTC')).toBe('Read-only');
    expect(stateWords({ state: 'recovered', since }, NOW, 'UTC')).toBe('Recovered, 13:40');
  });

  it('write a moment of another day with its date', () => {
    expect(momentWords('2026-11-19T10:00:00Z', NOW, 'UTC')).toBe('10:00');
    expect(momentWords('2026-11-17T10:00:00Z', NOW, 'UTC')).toBe('17 Nov 10:00');
  });

  it('count what waits', () => {
    expect(waitingWords(spool(0, null), NOW, 'UTC')).toBeNull();
    expect(waitingWords(spool(1), NOW, 'UTC')).toBe(
      '1 window waits on this machine, the oldest from 13:05. They are delivered when it is back.',
    );
    expect(waitingWords(spool(1204, null), NOW, 'UTC')).toMatch(/^1,204 windows wait on this machine\. /);
  });

  it('never count down', () => {
    expect(nextTryWords(null, NOW, 'UTC')).toBeNull();
    expect(nextTryWords('2026-11-19T14:00:20Z', NOW, 'UTC')).toBe('within a minute');
    expect(nextTryWords('2026-11-19T13:59:00Z', NOW, 'UTC')).toBe('within a minute');
    expect(nextTryWords('2026-11-19T14:05:00Z', NOW, 'UTC')).toBe('at 14:05');
  });

  it('end sentences once', () => {
    expect(sentence('It refused')).toBe('It refused.');
    expect(sentence(' It refused. ')).toBe('It refused.');
    expect(sentence('Did it?')).toBe('Did it?');
  });
});
