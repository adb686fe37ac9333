import type { ApiAccess, KubernetesApi } from '../../../src/core/ports/kubernetes-api.ts';

/** An API server whose answers a test gives by path; what it gives none for is thrown. */
export function fakeApi(answer: (path: string) => unknown) {
  const asked: { path: string; access: ApiAccess }[] = [];
  const api: KubernetesApi = {
    get: async (path, access) => {
      asked.push({ path, access });
      return answer(path);
    },
    list: async (path, access, read) => {
      asked.push({ path, access });
      return (answer(path) as unknown[]).flatMap((raw) => read(raw) ?? []);
    },
  };
  return { api, asked };
}
