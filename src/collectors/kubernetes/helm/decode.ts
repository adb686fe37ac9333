import { gunzipSync } from 'node:zlib';

/** A release may hold 1 MiB packed; more than this unpacked is no release that anybody wrote. */
const MOST_UNPACKED_BYTES = 16 * 1_048_576;
const GZIP_MAGIC = [0x1f, 0x8b] as const;

/**
 * The document of a release from its Secret's `data.release`: base64 of Kubernetes, base64 of Helm, gzip (old releases come without),
 * JSON. Null for anything else, and for what unpacks to more than 16 MiB. Source: helm/pkg/storage/driver, `decodeRelease`.
 */
export function decodeRelease(data: string): unknown {
  try {
    const packed = Buffer.from(Buffer.from(data, 'base64').toString('latin1'), 'base64');
    const isPacked = packed[0] === GZIP_MAGIC[0] && packed[1] === GZIP_MAGIC[1];
    if (!isPacked && packed.length > MOST_UNPACKED_BYTES) return null;
    const bytes = isPacked ? gunzipSync(packed, { maxOutputLength: MOST_UNPACKED_BYTES }) : packed;
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}
