import { access } from 'node:fs/promises';
import { Failure } from '../../../model/failure.ts';
import type { TlsOptions } from '../../../net/dispatcher.ts';
import { checkCertificate, readPem } from './pem.ts';
import type { ResolvedContext } from './resolve-context.ts';

/** Reads the certificates and keys that a context names. Throws `Failure('bad-input')` for one that is missing or damaged. */
export async function readTlsMaterial(context: ResolvedContext): Promise<TlsOptions> {
  const { cluster, user } = context;
  const authorityName = `The certificate authority of cluster "${context.clusterName}"`;
  const certificateName = `The client certificate of user "${context.userName}"`;
  const authority = await readPem(
    cluster['certificate-authority-data'],
    cluster['certificate-authority'],
    authorityName,
  );
  if (authority !== null) checkCertificate(authority, authorityName);
  const certificate = await readPem(user['client-certificate-data'], user['client-certificate'], certificateName);
  if (certificate !== null) checkCertificate(certificate, certificateName);
  const key = await readPem(
    user['client-key-data'],
    user['client-key'],
    `The client key of user "${context.userName}"`,
  );
  if ((certificate === null) !== (key === null)) {
    throw new Failure(
      'bad-input',
      `User "${context.userName}" has a client ${key === null ? 'certificate without its key' : 'key without its certificate'}.`,
      {
        hint: 'Both belong together. Fetch the kubeconfig again.',
      },
    );
  }
  return {
    certificateAuthority: authority,
    clientCertificate: certificate === null || key === null ? null : { certificate, key },
    serverName: cluster['tls-server-name'] || null,
    insecure: cluster['insecure-skip-tls-verify'] === true,
  };
}

/** What a list can check without connecting: certificates, keys and the token's file are there. */
export async function checkMaterial(context: ResolvedContext): Promise<void> {
  await readTlsMaterial(context);
  const file = context.user.tokenFile;
  if (!file) return;
  try {
    await access(file);
  } catch {
    throw new Failure('bad-input', `The token file ${file} of user "${context.userName}" can't be read.`, {
      hint: 'Check that the file is there and that you may read it.',
    });
  }
}
