import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import {
  type ClusterSection,
  type ContextSection,
  clusterSchema,
  contextSchema,
  kubeconfigSchema,
  type UserSection,
  userSchema,
} from './schema.ts';

export interface Problem {
  readonly message: string;
  readonly hint: string | null;
}

/** One named entry as it was read: its section, or why it can't be used. `directory` is what relative paths start from. */
export interface Entry<Section> {
  readonly name: string;
  readonly file: string;
  readonly directory: string;
  readonly section: Section | null;
  readonly problem: Problem | null;
}

export interface KubeconfigFile {
  readonly path: string;
  readonly problem: Problem | null;
  readonly currentContext: string | null;
  readonly clusters: readonly Entry<ClusterSection>[];
  readonly users: readonly Entry<UserSection>[];
  readonly contexts: readonly Entry<ContextSection>[];
}

const MAX_BYTES = 8 * 1_048_576;

/** Reads one file. Never throws: a file that can't be used comes back empty with its problem. */
export async function readKubeconfigFile(path: string): Promise<KubeconfigFile> {
  try {
    const bytes = await readFile(path);
    if (bytes.length > MAX_BYTES)
      return broken(path, 'is too large to be a kubeconfig.', 'Check that the path is right.');
    return parseKubeconfig(path, bytes.toString('utf8'));
  } catch (error) {
    return unreadable(path, error);
  }
}

/** The text of a file, parsed. Messages name lines, never content: a kubeconfig is full of secrets. */
export function parseKubeconfig(path: string, content: string): KubeconfigFile {
  const document = parseDocument(content, { prettyErrors: true, logLevel: 'silent' });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = error.linePos?.[0].line;
    const at = line === undefined ? '' : ` (line ${line})`;
    return broken(path, `is not valid YAML${at}.`, 'Correct the file, or fetch it again from your provider.');
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  if (value === null || value === undefined) return { ...empty(path), problem: null };
  const parsed = kubeconfigSchema.safeParse(value);
  if (!parsed.success) {
    return broken(
      path,
      `is not a kubeconfig: ${fieldOf(parsed.error)} has the wrong form.`,
      'Check that the path is right.',
    );
  }
  return {
    path,
    problem: null,
    currentContext: parsed.data['current-context'] || null,
    clusters: readEntries(path, parsed.data.clusters, 'cluster', clusterSchema),
    users: readEntries(path, parsed.data.users, 'user', userSchema),
    contexts: readEntries(path, parsed.data.contexts, 'context', contextSchema),
  };
}

function readEntries<Section>(
  path: string,
  values: readonly unknown[] | null | undefined,
  kind: 'cluster' | 'user' | 'context',
  schema: z.ZodType<Section>,
): Entry<Section>[] {
  const named = z.looseObject({ name: z.coerce.string().min(1) });
  const entries: Entry<Section>[] = [];
  for (const value of values ?? []) {
    const entry = named.safeParse(value);
    if (!entry.success) continue;
    const { name } = entry.data;
    const section = schema.safeParse(entry.data[kind] ?? {});
    entries.push({
      name,
      file: path,
      directory: dirname(path),
      section: section.success ? section.data : null,
      problem: section.success
        ? null
        : {
            message: `The ${kind} "${name}" is incomplete: ${fieldOf(section.error)} is missing or has the wrong form.`,
            hint: `Correct it in ${path}, or fetch the kubeconfig again.`,
          },
    });
  }
  return entries;
}

function fieldOf(error: z.ZodError): string {
  const path = error.issues[0]?.path.join('.') ?? '';
  return path === '' ? 'the content' : `"${path}"`;
}

function unreadable(path: string, error: unknown): KubeconfigFile {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'ENOENT':
      return broken(
        path,
        'does not exist.',
        "Create it with your provider's command, or name another file (KUBECONFIG).",
      );
    case 'EACCES':
    case 'EPERM':
      return broken(path, 'may not be read by you.', 'Change its owner or its rights (chmod 600).');
    case 'EISDIR':
      return broken(path, 'is a folder, not a file.', 'Name the file in it.');
    default:
      return broken(path, 'could not be read.', 'Check the file and the disk it is on.');
  }
}

function broken(path: string, what: string, hint: string): KubeconfigFile {
  return { ...empty(path), problem: { message: `${path} ${what}`, hint } };
}

function empty(path: string): KubeconfigFile {
  return { path, problem: null, currentContext: null, clusters: [], users: [], contexts: [] };
}
