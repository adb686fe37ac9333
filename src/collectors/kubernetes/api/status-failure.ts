import { z } from 'zod';
import { Failure } from '../../../model/failure.ts';
import type { HttpResponse } from '../../../net/http-client.ts';

/** What a request asks for, in the words of Kubernetes' access rules. */
export interface Access {
  readonly verb: 'get' | 'list' | 'watch' | 'create';
  /** Plural, with its subresource: `pods`, `services/proxy`. */
  readonly resource: string;
  readonly apiGroup: string;
  /** Namespace, or null for the whole cluster. */
  readonly namespace: string | null;
}

const statusSchema = z.object({
  kind: z.literal('Status'),
  message: z.string().optional().catch(undefined),
  reason: z.string().optional().catch(undefined),
});

/** The API server's own error body; null where the answer is something else. */
export function parseStatus(response: HttpResponse): z.infer<typeof statusSchema> | null {
  if (response.text.length > 65_536 || !response.text.trimStart().startsWith('{')) return null;
  try {
    return statusSchema.safeParse(JSON.parse(response.text)).data ?? null;
  } catch {
    return null;
  }
}

/** A refused or failed request as a `Failure` with a way out; the server's text is not repeated. */
export function statusFailure(response: HttpResponse, host: string, access: Access): Failure {
  const what = `${access.verb} ${access.resource}${access.namespace === null ? '' : ` in ${access.namespace}`}`;
  switch (response.status) {
    case 401:
      return new Failure('unauthenticated', `The API server at ${host} did not accept the credentials.`, {
        hint: "They have probably expired. Sign in again with your provider's command, or fetch the kubeconfig again.",
      });
    case 403:
      return isAnonymous(response) ? anonymous(host) : forbidden(host, access, what);
    case 404:
      return new Failure('not-found', `The API server at ${host} does not know ${access.resource}.`, {
        hint: 'The cluster may be too old, or the address leads to something else.',
      });
    case 429:
      return new Failure('unreachable', `The API server at ${host} asks to slow down.`, {
        hint: 'It is busy; Podwatt tries again later.',
      });
    default:
      if (response.status >= 500) {
        return new Failure('unreachable', `The API server at ${host} failed with status ${response.status}.`, {
          hint: 'The control plane or a gateway in front of it has trouble. Try again later.',
        });
      }
      return new Failure('bad-answer', `The API server at ${host} answered ${what} with status ${response.status}.`, {
        hint: 'Check that the address in the kubeconfig is that of a Kubernetes API server.',
      });
  }
}

function isAnonymous(response: HttpResponse): boolean {
  return parseStatus(response)?.message?.includes('User "system:anonymous"') === true;
}

function anonymous(host: string): Failure {
  return new Failure('unauthenticated', `The API server at ${host} got no credentials and lets nobody in without.`, {
    hint: 'The user of this context holds none. Fetch the kubeconfig again, or add a token or certificate to the user.',
  });
}

function forbidden(host: string, access: Access, what: string): Failure {
  return new Failure('forbidden', `The API server at ${host} does not let you ${what}.`, {
    hint: smallestRule(access),
  });
}

/** The smallest rule that would allow it, in words that an administrator can copy. */
function smallestRule(access: Access): string {
  const kind = access.namespace === null ? 'ClusterRole' : `Role in namespace ${access.namespace}`;
  return `Ask for a ${kind} with the rule: apiGroups ["${access.apiGroup}"], resources ["${access.resource}"], verbs ["${access.verb}"].`;
}

/** The answer was no Kubernetes API at all: a sign-in page, a load balancer, another program. */
export function notKubernetes(host: string): Failure {
  return new Failure('bad-answer', `${host} did not answer like a Kubernetes API server.`, {
    hint: 'Check the server address in the kubeconfig; a sign-in page or proxy may be in between.',
  });
}
