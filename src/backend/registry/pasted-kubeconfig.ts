import { authKindOf } from '../../collectors/kubernetes/kubeconfig/describe-context.ts';
import { type KubeconfigFile, parseKubeconfig } from '../../collectors/kubernetes/kubeconfig/kubeconfig-file.ts';
import { type MergedKubeconfig, mergeKubeconfigs } from '../../collectors/kubernetes/kubeconfig/merge.ts';
import { type ResolvedContext, resolveContext } from '../../collectors/kubernetes/kubeconfig/resolve-context.ts';
import { checkMaterial } from '../../collectors/kubernetes/kubeconfig/tls-material.ts';
import { Failure, isFailure } from '../../model/failure.ts';
import { redactUrl } from '../../net/address.ts';
import { type Demands, demandsOf, demandsSomething, refuseRelativePaths } from './kubeconfig-demands.ts';

/** How messages name the text; it has no path. */
const NAME = 'The kubeconfig';

export interface PastedContext {
  readonly name: string;
  readonly clusterName: string;
  readonly serverUrl: string | null;
  readonly authKind: string;
  readonly isCurrent: boolean;
  readonly problem: { readonly message: string; readonly hint: string | null } | null;
  readonly demands: Demands;
}

/** One context of a pasted kubeconfig, alone. */
export interface ChosenContext {
  readonly name: string;
  readonly clusterName: string;
  readonly serverUrl: string;
  readonly authKind: string;
  readonly demands: Demands;
  /** A kubeconfig with this context under another name, and nothing else of the text. */
  textUnder(contextName: string): string;
}

/** Nothing is run, read or asked for this. Throws `Failure` bad-input for what is no kubeconfig. */
export async function previewKubeconfig(text: string): Promise<PastedContext[]> {
  const merged = mergeKubeconfigs([parsed(text)]);
  const names = [...merged.contexts.keys()];
  if (names.length === 0) throw withoutContexts();
  return Promise.all(names.map((name) => previewOf(merged, name)));
}

/**
 * The context that was named, else the current one, else the only one.
 * @throws Failure 'bad-input'
 */
export function chooseContext(text: string, contextName: string | null): ChosenContext {
  const merged = mergeKubeconfigs([parsed(text)]);
  const names = [...merged.contexts.keys()];
  if (names.length === 0) throw withoutContexts();
  const name = contextName ?? merged.currentContext ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined || !names.includes(name)) {
    const what = name === undefined ? `${NAME} has several contexts` : `${NAME} has no context "${name.slice(0, 100)}"`;
    throw new Failure('bad-input', `${what}: name one of ${names.slice(0, 20).join(', ')}`);
  }
  const context = usable(() => resolveContext(merged, name));
  const demands = demandsOf(context.cluster, context.user);
  refuseRelativePaths(demands, context.user.exec);
  return {
    name,
    clusterName: context.clusterName,
    serverUrl: redactUrl(context.server.href),
    authKind: authKindOf(context.user),
    demands,
    textUnder: (as) => textOf(context, as),
  };
}

/** Certificates and keys of a context are whole, and its files are there. Throws `Failure` bad-input. */
export async function checkPasted(text: string, contextName: string): Promise<void> {
  const merged = mergeKubeconfigs([parsed(text)]);
  await checkMaterial(resolveContext(merged, contextName));
}

async function previewOf(merged: MergedKubeconfig, name: string): Promise<PastedContext> {
  const entry = merged.contexts.get(name);
  const cluster = merged.clusters.get(entry?.section?.cluster ?? '')?.section ?? null;
  const user = merged.users.get(entry?.section?.user ?? '')?.section ?? {};
  const demands = cluster === null ? { runs: [], reads: [] } : demandsOf(cluster, user);
  return {
    name,
    clusterName: entry?.section?.cluster ?? '',
    serverUrl: cluster !== null && URL.canParse(cluster.server) ? redactUrl(cluster.server) : null,
    authKind: authKindOf(user),
    isCurrent: name === merged.currentContext,
    problem: await problemOf(merged, name, demands),
    demands,
  };
}

/** Files of this machine are not looked at before the person allowed it. */
async function problemOf(merged: MergedKubeconfig, name: string, demands: Demands): Promise<PastedContext['problem']> {
  try {
    const context = resolveContext(merged, name);
    refuseRelativePaths(demands, context.user.exec);
    if (!demandsSomething(demands)) await checkMaterial(context);
    return null;
  } catch (error) {
    if (isFailure(error)) return { message: error.message, hint: error.hint };
    return { message: `The context "${name}" could not be read`, hint: 'Fetch the kubeconfig again.' };
  }
}

function parsed(text: string): KubeconfigFile {
  const file = tryParse(text);
  if (file === null || file.problem !== null) {
    const problem = file?.problem ?? { message: `${NAME} is not valid YAML.`, hint: null };
    throw new Failure('bad-input', problem.message, { hint: problem.hint ?? 'Fetch the kubeconfig again.' });
  }
  return file;
}

/** Null where the YAML itself makes the parser give up, for example by aliases that grow without end. */
function tryParse(text: string): KubeconfigFile | null {
  try {
    return parseKubeconfig(NAME, text);
  } catch {
    return null;
  }
}

/** A context that the text doesn't hold whole is bad input, not something that is missing here. */
function usable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!isFailure(error)) throw error;
    throw new Failure('bad-input', error.message, error.hint === null ? {} : { hint: error.hint });
  }
}

function withoutContexts(): Failure {
  return new Failure('bad-input', `${NAME} has no contexts`, {
    hint: 'Paste the whole text, for example of: kubectl config view --flatten --minify --raw',
  });
}

/** JSON is YAML. */
function textOf(context: ResolvedContext, contextName: string): string {
  const { clusterName, userName, namespace, cluster, user } = context;
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': contextName,
    clusters: [{ name: clusterName, cluster }],
    users: userName === null ? [] : [{ name: userName, user }],
    contexts: [{ name: contextName, context: { cluster: clusterName, user: userName, namespace } }],
  });
}
