import { z } from 'zod';

/** Sections of a kubeconfig in its own spelling; unknown keys are dropped, null counts as absent. */
const text = z.string().nullish();

export const clusterSchema = z.object({
  server: z.string().min(1),
  'certificate-authority': text,
  'certificate-authority-data': text,
  'insecure-skip-tls-verify': z.boolean().nullish(),
  'tls-server-name': text,
  'proxy-url': text,
});
export type ClusterSection = z.infer<typeof clusterSchema>;

const execSchema = z.object({
  apiVersion: z.string().nullish(),
  command: z.string().min(1),
  args: z.array(z.string()).nullish(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  installHint: text,
  provideClusterInfo: z.boolean().nullish(),
  interactiveMode: z.enum(['Never', 'IfAvailable', 'Always']).nullish(),
});
export type ExecSection = z.infer<typeof execSchema>;

export const userSchema = z.object({
  'client-certificate': text,
  'client-certificate-data': text,
  'client-key': text,
  'client-key-data': text,
  token: text,
  tokenFile: text,
  username: text,
  password: text,
  as: text,
  'as-uid': text,
  'as-groups': z.array(z.string()).nullish(),
  'as-user-extra': z.record(z.string(), z.array(z.string())).nullish(),
  exec: execSchema.nullish(),
  'auth-provider': z.object({ name: z.string(), config: z.record(z.string(), z.unknown()).nullish() }).nullish(),
});
export type UserSection = z.infer<typeof userSchema>;

export const contextSchema = z.object({
  cluster: z.string().min(1),
  user: text,
  namespace: text,
});
export type ContextSection = z.infer<typeof contextSchema>;

const entries = z.array(z.unknown()).nullish();

export const kubeconfigSchema = z.object({
  'current-context': text,
  clusters: entries,
  users: entries,
  contexts: entries,
});
