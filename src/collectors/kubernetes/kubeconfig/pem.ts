import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Failure } from '../../../model/failure.ts';

/** PEM text of a kubeconfig's `…-data` (base64) or file; the data win. Null if neither is set. Throws `bad-input`. */
export async function readPem(
  data: string | null | undefined,
  file: string | null | undefined,
  what: string,
): Promise<string | null> {
  if (data) return fromBase64(data, what);
  if (!file) return null;
  try {
    return checked(await readFile(file, 'utf8'), what);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('bad-input', `${what} could not be read from ${file}.`, {
      hint: 'Check that the file is there and that you may read it, or fetch the kubeconfig again.',
    });
  }
}

/** Throws `bad-input` where a CA is no certificate (cut, or not PEM at all). */
export function checkCertificate(pem: string, what: string): void {
  try {
    new X509Certificate(pem);
  } catch {
    throw notPem(what);
  }
}

function fromBase64(data: string, what: string): string {
  return checked(Buffer.from(data, 'base64').toString('utf8'), what);
}

function checked(text: string, what: string): string {
  if (!text.includes('-----BEGIN ')) throw notPem(what);
  return text;
}

function notPem(what: string): Failure {
  return new Failure('bad-input', `${what} is not a certificate or key in PEM form.`, {
    hint: 'It may have been cut while copying. Fetch the kubeconfig again.',
  });
}
