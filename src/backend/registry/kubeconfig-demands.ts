import { isAbsolute } from 'node:path';
import type { ClusterSection, ExecSection, UserSection } from '../../collectors/kubernetes/kubeconfig/schema.ts';
import { Failure } from '../../model/failure.ts';

/** What a context of a kubeconfig would do on this machine besides calling its cluster. */
export interface Demands {
  /** Commands as they would be run; what looks secret is masked. */
  readonly runs: readonly string[];
  readonly reads: readonly string[];
}

const MASK = '***';
const SECRET_WORD = /(secret|token|password|passwd|pwd|credential|api-?key|private|auth)/i;
/** Long words without a meaning for people: most likely a secret. */
const OPAQUE = /^(?=.*\d)(?=.*[A-Za-z])[\w+/=.~-]{24,}$/;

export function demandsOf(cluster: ClusterSection, user: UserSection): Demands {
  const provider = user['auth-provider']?.config ?? {};
  const command = provider['cmd-path'];
  const files = [
    cluster['certificate-authority-data'] ? null : cluster['certificate-authority'],
    user['client-certificate-data'] ? null : user['client-certificate'],
    user['client-key-data'] ? null : user['client-key'],
    user.tokenFile,
    provider['idp-certificate-authority-data'] ? null : provider['idp-certificate-authority'],
  ];
  return {
    runs: [...(user.exec ? [commandLine(user.exec)] : []), ...(typeof command === 'string' ? [command] : [])],
    reads: [...new Set(files.filter((file) => typeof file === 'string' && file !== ''))].map(String),
  };
}

export function demandsSomething({ runs, reads }: Demands): boolean {
  return runs.length > 0 || reads.length > 0;
}

/**
 * A pasted text lies in no folder that its paths could start from.
 * @throws Failure 'bad-input'
 */
export function refuseRelativePaths({ reads }: Demands, exec: ExecSection | null | undefined): void {
  const relative = reads.find((path) => !isAbsolute(path));
  const command = exec?.command ?? '';
  const program = /[\\/]/.test(command) && !isAbsolute(command) ? command : null;
  const path = relative ?? program;
  if (path === null) return;
  throw new Failure(
    'bad-input',
    `The kubeconfig names ${path} by a relative path, and a pasted text lies in no folder`,
    {
      hint: 'Embed the files (kubectl config view --flatten --minify --raw), or write absolute paths.',
    },
  );
}

function commandLine({ command, args, env }: ExecSection): string {
  const words = [command, ...maskedArguments(args ?? [])];
  const names = (env ?? []).map(({ name }) => name);
  const variables = names.length === 0 ? '' : ` (sets ${names.join(', ')})`;
  return `${words.join(' ')}${variables}`;
}

/** The value of an option whose name sounds secret, and every word that looks like a secret itself. */
function maskedArguments(args: readonly string[]): string[] {
  return args.map((word, index) => {
    const assigned = /^(-{0,2}[\w.-]+)=(.*)$/s.exec(word);
    if (assigned !== null) {
      const [, name = '', value = ''] = assigned;
      return SECRET_WORD.test(name) || isSecretLike(value) ? `${name}=${MASK}` : word;
    }
    const before = args[index - 1] ?? '';
    const isValue = !word.startsWith('-') && before.startsWith('-') && !before.includes('=');
    return (isValue && SECRET_WORD.test(before)) || isSecretLike(word) ? MASK : word;
  });
}

function isSecretLike(word: string): boolean {
  return OPAQUE.test(word) && !isAbsolute(word);
}
