import { describe, expect, it } from 'vitest';
import {
  EMPTY_DRAFT,
  firstChoice,
  hindrance,
  inputOf,
  withContext,
} from '../../../../src/renderer/features/clusters/register-draft.ts';
import { kubernetesAnswers } from '../../../fakes/router/kubernetes-answers.ts';

const preview = kubernetesAnswers.preview;
const [token, exec] = preview.contexts as [(typeof preview.contexts)[0], (typeof preview.contexts)[0]];
const problem = { message: 'The context is broken.', hint: null };

describe('the first choice', () => {
  it('is the current context, else one that can be used, else any', () => {
    expect(firstChoice(preview)?.name).toBe('shop-admin');
    const broken = { ...token, problem };
    expect(firstChoice({ ...preview, contexts: [broken, exec] })?.name).toBe('shop-sso');
    expect(firstChoice({ ...preview, contexts: [broken] })?.name).toBe('shop-admin');
    expect(firstChoice({ ...preview, contexts: [] })).toBeNull();
  });
});

describe('what stands in the way', () => {
  const draft = withContext({ ...EMPTY_DRAFT, kubeconfig: 'x' }, token);
  it('is nothing where a context with its own credentials is chosen', () => {
    expect(hindrance(draft, preview)).toBeNull();
    expect(draft.name).toBe('shop');
  });

  it('is the choice, the problem, the name', () => {
    expect(hindrance({ ...draft, context: null }, preview)).toBe('Choose a context.');
    expect(hindrance({ ...draft, name: ' ' }, preview)).toBe('Give the cluster a name.');
    const broken = { ...preview, contexts: [{ ...token, problem }] };
    expect(hindrance(draft, broken)).toBe('This context cannot be used as it is.');
  });

  it('is the consent where something runs, which another choice takes back', () => {
    const running = withContext(draft, exec);
    expect(hindrance(running, preview)).toContain('Allow what the kubeconfig does');
    const allowed = { ...running, consent: true };
    expect(hindrance(allowed, preview)).toBeNull();
    expect(hindrance(withContext(allowed, exec), preview)).toContain('Allow');
    expect(hindrance(allowed, { ...preview, consent: 'refused' })).toContain('registers no kubeconfig');
  });
});

it('sends what was said, and nothing that was not', () => {
  const draft = { ...withContext({ ...EMPTY_DRAFT, kubeconfig: 'x' }, token), name: ' shop ' };
  expect(inputOf(draft)).toEqual({ name: 'shop', kubeconfig: 'x', context: 'shop-admin', consent: false });
  expect(inputOf({ ...draft, environment: 'staging', consent: true })).toMatchObject({
    environment: 'staging',
    consent: true,
  });
});
