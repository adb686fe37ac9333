/** A value as the file holds it; an integer beyond 2^53 is a bigint. */
export type StoredValue = number | bigint | string | Buffer | null;

/** A variable-length integer, and where it ends. Beyond 2^53 it is no length or type of ours: NaN. */
export function readVarint(bytes: Buffer, at: number): [value: number, end: number] {
  let value = 0;
  for (let place = 0; place < 8; place += 1) {
    const byte = bytes[at + place];
    if (byte === undefined) return [Number.NaN, at];
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return [value, at + place + 1];
  }
  return [Number.NaN, at + 9];
}

/** The same for row ids, which may be negative. */
export function readRowId(bytes: Buffer, at: number): [value: bigint, end: number] {
  let value = 0n;
  for (let place = 0; place < 9; place += 1) {
    const byte = bytes[at + place] ?? 0;
    if (place === 8) return [BigInt.asIntN(64, value * 256n + BigInt(byte)), at + 9];
    value = value * 128n + BigInt(byte & 0x7f);
    if (byte < 0x80) return [value, at + place + 1];
  }
  return [value, at];
}

/**
 * The values of a record, or null where it is none: in a sound one the lengths that its head tells fill it exactly,
 * which garbage hardly ever does.
 */
export function readRecord(payload: Buffer): StoredValue[] | null {
  const [headSize, firstType] = readVarint(payload, 0);
  if (!(headSize >= firstType && headSize <= payload.length)) return null;
  const values: StoredValue[] = [];
  let at = headSize;
  let place = firstType;
  while (place < headSize) {
    const [type, next] = readVarint(payload, place);
    const length = lengthOf(type);
    if (!(next <= headSize && at + length <= payload.length)) return null;
    values.push(readValue(payload, at, type, length));
    at += length;
    place = next;
  }
  return at === payload.length ? values : null;
}

/** Bytes of a value by its serial type; NaN for types that there are none of. */
function lengthOf(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0][type] ?? Number.NaN;
}

function readValue(bytes: Buffer, at: number, type: number, length: number): StoredValue {
  if (type >= 12) {
    return type % 2 === 1 ? bytes.toString('utf8', at, at + length) : Buffer.from(bytes.subarray(at, at + length));
  }
  if (type === 0) return null;
  if (type === 6) return narrow(bytes.readBigInt64BE(at));
  if (type === 7) return bytes.readDoubleBE(at);
  return length === 0 ? type - 8 : bytes.readIntBE(at, length);
}

export function narrow(value: bigint): number | bigint {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}
