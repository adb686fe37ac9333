import type { KubeconfigPreview, RegisterInput } from '../../../contract/schemas/kubernetes/clusters.ts';

export type PreviewContext = KubeconfigPreview['contexts'][number];
export type EnvironmentChoice = 'none' | 'production' | 'staging' | 'development';

/** What the person has said so far of a cluster to register. */
export interface RegisterDraft {
  readonly kubeconfig: string;
  readonly context: string | null;
  readonly name: string;
  readonly environment: EnvironmentChoice;
  readonly consent: boolean;
}

export const EMPTY_DRAFT: RegisterDraft = {
  kubeconfig: '',
  context: null,
  name: '',
  environment: 'none',
  consent: false,
};

/** The context that is chosen at first: the current one, else the first that can be used. */
export function firstChoice({ contexts }: KubeconfigPreview): PreviewContext | null {
  const usable = contexts.filter((context) => context.problem === null);
  return usable.find((context) => context.is_current) ?? usable[0] ?? contexts[0] ?? null;
}

/** Choosing another context takes the consent back: it was given for something else. */
export function withContext(draft: RegisterDraft, context: PreviewContext): RegisterDraft {
  return { ...draft, context: context.name, name: context.cluster_name || context.name, consent: false };
}

export const demandsSomething = (context: PreviewContext): boolean =>
  context.runs.length > 0 || context.reads.length > 0;

/** Why it can't be registered yet; null where it can. */
export function hindrance(draft: RegisterDraft, preview: KubeconfigPreview): string | null {
  const chosen = preview.contexts.find((context) => context.name === draft.context);
  if (chosen === undefined) return 'Choose a context.';
  if (chosen.problem !== null) return 'This context cannot be used as it is.';
  if (demandsSomething(chosen)) {
    if (preview.consent === 'refused') return 'This Podwatt registers no kubeconfig that runs or reads something.';
    if (!draft.consent) return 'Allow what the kubeconfig does on this machine, or choose another context.';
  }
  return draft.name.trim() === '' ? 'Give the cluster a name.' : null;
}

export function inputOf(draft: RegisterDraft): RegisterInput {
  return {
    name: draft.name.trim(),
    kubeconfig: draft.kubeconfig,
    consent: draft.consent,
    ...(draft.context === null ? {} : { context: draft.context }),
    ...(draft.environment === 'none' ? {} : { environment: draft.environment }),
  };
}
