import type { LocalState } from '../../../src/backend/config.ts';
import { MemorySpool } from './memory-spool.ts';

export class MemoryState implements LocalState {
  readonly spool = new MemorySpool();
  readonly values = new Map<string, unknown>();

  async get(key: string): Promise<unknown> {
    return this.values.get(key);
  }

  async set(key: string, value: unknown): Promise<void> {
    this.values.set(key, JSON.parse(JSON.stringify(value)));
  }

  async remove(key: string): Promise<void> {
    this.values.delete(key);
  }

  async close(): Promise<void> {}
}
