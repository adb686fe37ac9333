import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CopyBuffer } from '../../../../src/storage/postgres/copy-buffer.ts';
import { COPY_ROWS, encodeRows } from '../../../../src/storage/postgres/row-copy.ts';
import { KEY_COLUMNS, keyTexts } from '../../../../src/storage/postgres/row-keys.ts';
import { NEW_YEAR, nodeRow, sampleRow } from '../../../contract/storage/sample-windows.ts';

/** Fields of each line, null for none: the binary format of COPY read back. */
function linesOf(bytes: Buffer): (Buffer | null)[][] {
  expect(bytes.subarray(0, 11).toString('latin1')).toBe('PGCOPY\n\xff\r\n\0');
  expect(bytes.readBigInt64BE(11)).toBe(0n);
  const lines: (Buffer | null)[][] = [];
  let at = 19;
  for (;;) {
    const count = bytes.readInt16BE(at);
    at += 2;
    if (count === -1) break;
    lines.push(
      Array.from({ length: count }, () => {
        const length = bytes.readInt32BE(at);
        at += 4;
        if (length === -1) return null;
        at += length;
        return bytes.subarray(at - length, at);
      }),
    );
  }
  expect(at).toBe(bytes.length);
  return lines;
}

function only(put: (buffer: CopyBuffer) => void): Buffer | null {
  const buffer = new CopyBuffer();
  buffer.line(1);
  put(buffer);
  return linesOf(buffer.finish())[0]?.[0] ?? null;
}

describe('CopyBuffer', () => {
  it('writes each type as PostgreSQL sends it', () => {
    expect(only((buffer) => buffer.none())).toBeNull();
    expect(only((buffer) => buffer.double(Number.MIN_VALUE))?.readDoubleBE()).toBe(Number.MIN_VALUE);
    expect(only((buffer) => buffer.real(300))?.readFloatBE()).toBe(300);
    expect(only((buffer) => buffer.integer(-7))?.readInt32BE()).toBe(-7);
    expect(only((buffer) => buffer.flag(true))).toEqual(Buffer.from([1]));
    expect(only((buffer) => buffer.flag(false))).toEqual(Buffer.from([0]));
    expect(only((buffer) => buffer.text('Grüße'))?.toString()).toBe('Grüße');
    expect(only((buffer) => buffer.text(''))).toEqual(Buffer.alloc(0));
    expect(only((buffer) => buffer.text(null))).toBeNull();
    // Microseconds since 2000-01-01.
    expect(only((buffer) => buffer.time(946_684_801))?.readBigInt64BE()).toBe(1_000_000n);
    expect(only((buffer) => buffer.time(0))?.readBigInt64BE()).toBe(-946_684_800_000_000n);
  });

  it('keeps every whole number exactly, and ends at the ends of the type', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(only((buffer) => buffer.bigint(value))?.readBigInt64BE()).toBe(BigInt(value));
      }),
    );
    expect(only((buffer) => buffer.bigint(2 ** 60))?.readBigInt64BE()).toBe(2n ** 60n);
    expect(only((buffer) => buffer.bigint(1e30))?.readBigInt64BE()).toBe(2n ** 63n - 1n);
    expect(only((buffer) => buffer.bigint(-1e30))?.readBigInt64BE()).toBe(-(2n ** 63n) + 1n);
  });

  it('grows as lines come', () => {
    const buffer = new CopyBuffer();
    const text = 'é'.repeat(5000);
    for (let line = 0; line < 100; line += 1) {
      buffer.line(2);
      buffer.text(text);
      buffer.double(line);
    }
    const lines = linesOf(buffer.finish());
    expect(lines).toHaveLength(100);
    expect(lines[99]?.[0]?.toString()).toBe(text);
    expect(lines[99]?.[1]?.readDoubleBE()).toBe(99);
  });
});

const COLUMNS = /\((.*)\)\s+FROM/.exec(COPY_ROWS)?.[1]?.split(', ') ?? [];
const window = { startSeconds: NEW_YEAR, durationSeconds: 300 } as const;

function encoded(part: Parameters<typeof sampleRow>[0] = {}): Map<string, Buffer | null> {
  const [line = []] = linesOf(encodeRows([sampleRow(part)], [17], window));
  expect(line).toHaveLength(COLUMNS.length);
  return new Map(COLUMNS.map((column, index) => [column, line[index] ?? null]));
}

describe('encodeRows', () => {
  it('puts each value into its own column', () => {
    const row = encoded({ gridIntensityAtSeconds: null, team: null });
    expect(row.get('key_id')?.readInt32BE()).toBe(17);
    expect(row.get('joules_low')?.readDoubleBE()).toBe(800.25);
    expect(row.get('cost_high')?.readDoubleBE()).toBe(0.0026);
    expect(row.get('pod_name')?.toString()).toBe('cart-0');
    expect(row.get('emaps_zone')?.toString()).toBe('FR');
    expect(row.get('sources')?.toString()).toMatch(/^\d{7}$/);
    expect(JSON.parse(String(row.get('estimation_reasons')))).toEqual(['power is modelled', 'intensity is of a year']);
    expect(row.get('grid_intensity_timestamp')).toBeNull();
    expect(row.get('team')).toBeNull();
    expect(new Set(COLUMNS).size).toBe(COLUMNS.length);
  });

  it('publishes whole bytes and keeps what is missing beside them, exact to the last bit', () => {
    const row = encoded({ memoryUsageBytes: 200_000_000.5, networkReceiveBytes: 12, restartCount: 0.75 });
    expect(row.get('memory_usage_bytes')?.readBigInt64BE()).toBe(200_000_001n);
    expect(row.get('memory_usage_bytes_rest')?.readDoubleBE()).toBe(-0.5);
    expect(row.get('network_receive_bytes')?.readBigInt64BE()).toBe(12n);
    expect(row.get('network_receive_bytes_rest')).toBeNull();
    expect(row.get('restart_count')?.readInt32BE()).toBe(1);
    expect(row.get('restart_count_rest')?.readDoubleBE()).toBe(-0.25);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2 ** 60, noNaN: true }), (value) => {
        if (Object.is(value, -0)) return;
        const some = encoded({ diskReadBytes: value });
        const whole = Number(some.get('disk_read_bytes')?.readBigInt64BE());
        expect(whole + (some.get('disk_read_bytes_rest')?.readDoubleBE() ?? 0)).toBe(value);
      }),
    );
  });

  it.each([
    ['joules', Number.NaN],
    ['memoryUsageBytes', Number.POSITIVE_INFINITY],
    ['restartCount', -0],
    ['gridIntensityAtSeconds', 0.5],
  ] as const)('refuses %s of %s', (field, value) => {
    expect(() => encodeRows([sampleRow({ [field]: value })], [1], window)).toThrow(/not stored/);
  });
});

describe('keyTexts', () => {
  const named = (row: Parameters<typeof keyTexts>[0]) =>
    Object.fromEntries(keyTexts(row).map((text, index) => [KEY_COLUMNS[index], text]));

  it('names a pod with its owner as workload', () => {
    expect(named(sampleRow())).toMatchObject({
      row_kind: '0',
      pod: 'cart-0',
      zone: 'FR',
      workload_kind: 'Deployment',
      workload_name: 'cart',
      instance_type: 'm5.large',
    });
  });

  it('names a bare pod as its own workload, and a row that is no pod by none', () => {
    const bare = sampleRow({ ownerKind: null, ownerName: null, team: null, nodeZone: null });
    expect(named(bare)).toMatchObject({ workload_kind: 'Pod', workload_name: 'cart-0', team: '', node_zone: '' });
    expect(named(nodeRow('unallocated'))).toMatchObject({ row_kind: '2', workload_kind: '', workload_name: '' });
  });
});
