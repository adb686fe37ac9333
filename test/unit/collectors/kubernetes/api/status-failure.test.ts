import { describe, expect, it } from 'vitest';
import { clusterDisplayName } from '../../../../../src/collectors/kubernetes/api/identify.ts';
import { parseStatus, statusFailure } from '../../../../../src/collectors/kubernetes/api/status-failure.ts';
import { recording } from '../../../../fakes/kubernetes/recordings.ts';

const access = { verb: 'list', resource: 'pods', apiGroup: '', namespace: null } as const;
const answer = (status: number, body: unknown = '') => ({
  status,
  contentType: 'application/json',
  text: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('statusFailure', () => {
  it.each([
    [401, 'unauthenticated', /did not accept the credentials/],
    [403, 'forbidden', /does not let you list pods/],
    [404, 'not-found', /does not know pods/],
    [429, 'unreachable', /slow down/],
    [500, 'unreachable', /status 500/],
    [503, 'unreachable', /status 503/],
    [418, 'bad-answer', /status 418/],
  ])('%d', (status, code, message) => {
    const failure = statusFailure(answer(status, '<html>private</html>'), 'h:1', access);
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(message);
    expect(failure.hint).not.toBeNull();
    expect(failure.message).not.toContain('private');
  });

  it('tells "nobody" from "not you" among the recorded 403s', () => {
    expect(statusFailure(answer(403, recording('status-403-anonymous')), 'h', access).code).toBe('unauthenticated');
    const failure = statusFailure(answer(403, recording('status-403-pods')), 'h', access);
    expect(failure.code).toBe('forbidden');
    expect(failure.message).not.toContain('limited-user');
  });

  it('names the smallest rule', () => {
    const inNamespace = { verb: 'get', resource: 'services/proxy', apiGroup: '', namespace: 'monitoring' } as const;
    expect(statusFailure(answer(403), 'h', inNamespace).hint).toBe(
      'Ask for a Role in namespace monitoring with the rule: apiGroups [""], resources ["services/proxy"], verbs ["get"].',
    );
  });
});

describe('parseStatus', () => {
  it('knows the API server by its Status object only', () => {
    expect(parseStatus(answer(403, recording('status-403-pods')))?.reason).toBe('Forbidden');
    expect(parseStatus(answer(404, '404 page not found\n'))).toBeNull();
    expect(parseStatus(answer(400, '{"status":"error","errorType":"bad_data"}'))).toBeNull();
    expect(parseStatus(answer(500, '{broken'))).toBeNull();
  });
});

describe('clusterDisplayName', () => {
  it.each([
    ['arn:aws:eks:eu-west-3:123456789012:cluster/prod', 'x', 'prod'],
    ['gke_project_europe-west1-b_shop_eu', 'x', 'shop_eu'],
    ['kubernetes', 'admin@lab', 'admin@lab'],
    ['homelab', 'x', 'homelab'],
  ])('%s in context %s is %s', (cluster, context, name) => {
    expect(clusterDisplayName(cluster, context)).toBe(name);
  });
});
