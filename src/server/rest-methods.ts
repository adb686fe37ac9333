import { contract } from '../contract/contract.ts';
import { REST_PREFIX } from './rest-routes.ts';

interface Route {
  readonly pattern: RegExp;
  readonly method: string;
}

/** Routes that the host answers itself. */
const OWN_PATHS = ['/report/export', '/openapi.json', '/docs'] as const;

const ROUTES: readonly Route[] = [
  ...OWN_PATHS.map((path) => routeOf(path, 'GET')),
  ...Object.values(contract).flatMap((operations) =>
    Object.values(operations).flatMap((operation) => {
      const { path, method } = operation['~orpc'].route;
      return path === undefined ? [] : [routeOf(path, method ?? 'POST')];
    }),
  ),
];

/** Methods of a REST address, HEAD and OPTIONS among them; null where there is no such route. */
export function allowedMethods(path: string): string | null {
  const matching = ROUTES.filter(({ pattern }) => pattern.test(path));
  if (matching.length === 0) return null;
  const methods = new Set(matching.map(({ method }) => method));
  return [...methods, ...(methods.has('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
}

function routeOf(path: string, method: string): Route {
  const pieces = path.split(/\{\w+\}/).map((piece) => piece.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return { pattern: new RegExp(`^${REST_PREFIX}${pieces.join('[^/]+')}/?$`), method };
}
