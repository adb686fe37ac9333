const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
/** Signature, flags, length of the header's extension. */
const HEADER_BYTES = SIGNATURE.length + 8;
const START_BYTES = 64 * 1024;
const TWO_32 = 2 ** 32;
/** PostgreSQL counts time from 2000-01-01. */
const Y2000_SECONDS = 946_684_800;
const GREATEST_BIGINT = 2n ** 63n - 1n;

/**
 * Lines in the binary format of COPY (PostgreSQL manual, "COPY", Binary Format): numbers go to the server as their own
 * bits. Values are put one by one, in the order of the columns and as exactly their types.
 */
export class CopyBuffer {
  #bytes = Buffer.allocUnsafe(START_BYTES);
  #at = HEADER_BYTES;

  constructor() {
    SIGNATURE.copy(this.#bytes);
    this.#bytes.fill(0, SIGNATURE.length, HEADER_BYTES);
  }

  line(columns: number): void {
    this.#room(2);
    this.#at = this.#bytes.writeInt16BE(columns, this.#at);
  }

  none(): void {
    this.#room(4);
    this.#at = this.#bytes.writeInt32BE(-1, this.#at);
  }

  double(value: number): void {
    this.#length(8);
    this.#at = this.#bytes.writeDoubleBE(value, this.#at);
  }

  real(value: number): void {
    this.#length(4);
    this.#at = this.#bytes.writeFloatBE(value, this.#at);
  }

  integer(value: number): void {
    this.#length(4);
    this.#at = this.#bytes.writeInt32BE(value, this.#at);
  }

  /** A whole number; what is beyond the type's range becomes its end. */
  bigint(value: number): void {
    this.#length(8);
    if (Number.isSafeInteger(value)) {
      const high = Math.floor(value / TWO_32);
      this.#at = this.#bytes.writeInt32BE(high, this.#at);
      this.#at = this.#bytes.writeUInt32BE(value - high * TWO_32, this.#at);
      return;
    }
    const whole = BigInt(value);
    const within = whole > GREATEST_BIGINT ? GREATEST_BIGINT : whole < -GREATEST_BIGINT ? -GREATEST_BIGINT : whole;
    this.#at = this.#bytes.writeBigInt64BE(within, this.#at);
  }

  time(epochSeconds: number): void {
    this.bigint((epochSeconds - Y2000_SECONDS) * 1_000_000);
  }

  flag(value: boolean): void {
    this.#length(1);
    this.#at = this.#bytes.writeUInt8(value ? 1 : 0, this.#at);
  }

  text(value: string | null): void {
    if (value === null) {
      this.none();
      return;
    }
    this.#room(4 + value.length * 3);
    const start = this.#at + 4;
    const length = this.#bytes.write(value, start);
    this.#bytes.writeInt32BE(length, this.#at);
    this.#at = start + length;
  }

  /** All lines, with the mark of the end; nothing is put after it. */
  finish(): Buffer {
    this.#room(2);
    this.#at = this.#bytes.writeInt16BE(-1, this.#at);
    return this.#bytes.subarray(0, this.#at);
  }

  #length(bytes: number): void {
    this.#room(4 + bytes);
    this.#at = this.#bytes.writeInt32BE(bytes, this.#at);
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + bytes));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}
