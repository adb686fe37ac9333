import { readFile } from 'node:fs/promises';
import { parse, YAMLParseError } from 'yaml';
import { Failure } from '../../model/failure.ts';

/** What `config.yaml` holds, not yet validated; nothing where there is no such file. */
export async function readConfigFile(path: string): Promise<Record<string, unknown>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'ENOENT' || code === 'ENOTDIR') return {};
    throw new Failure('bad-input', `${path} can't be read (${code})`, { hint: 'Check its permissions.', cause: error });
  }
  const parsed = parseYaml(text, path);
  if (parsed === null || parsed === undefined) return {};
  if (typeof parsed !== 'object' || Array.isArray(parsed)) {
    throw new Failure('bad-input', `${path} must hold settings as "name: value" lines`, {
      hint: 'For example: port: 8700',
    });
  }
  return { ...parsed };
}

function parseYaml(text: string, path: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    const at =
      error instanceof YAMLParseError && error.linePos !== undefined ? ` at line ${error.linePos[0].line}` : '';
    throw new Failure('bad-input', `${path} is not valid YAML${at}`, {
      hint: 'Correct or remove the file.',
      cause: error,
    });
  }
}
