import { readFile } from 'node:fs/promises';
import type { AppState } from '../../core/ports/app-state.ts';
import { Failure } from '../../model/failure.ts';
import { KEY_FILE, keyOfFolder, olderKeysOfFolder, replaceKeyOfFolder } from './key-file.ts';
import { makeKeyFile, readKeyFile } from './named-key-file.ts';
import { parseKey, type SealingKey, sealingKey } from './sealing-key.ts';

/** A key that the person brings: in a variable, or in a file that a variable names. */
export type GivenKey =
  | { readonly kind: 'variable'; readonly name: string; readonly text: string }
  | { readonly kind: 'file'; readonly name: string; readonly path: string };

export type KeySource = 'variable' | 'key-file' | 'keychain' | 'data-folder';

export interface KeyRingDeps {
  readonly dataDir: string;
  /** Remembers key files of rotations. */
  readonly state: Pick<AppState, 'get' | 'set'>;
  readonly given?: GivenKey | undefined;
  /** The host's own key, for example of the keychain. */
  readonly host?: (() => Promise<Uint8Array>) | undefined;
}

const REMEMBERED = 'encryption/key-files';

/**
 * The master keys of this Podwatt: the one in force seals, and older ones still open what they sealed. The person's
 * own key comes first, then the host's, then the file in the data folder.
 */
export class KeyRing {
  readonly #deps: KeyRingDeps;
  #inForce: Promise<SealingKey> | null = null;
  /** After a rotation to a key file, until the next start finds it in its variable. */
  #rotatedTo: { readonly path: string; readonly key: SealingKey } | null = null;

  constructor(deps: KeyRingDeps) {
    this.#deps = deps;
  }

  get source(): KeySource {
    if (this.#rotatedTo !== null) return 'key-file';
    if (this.#deps.given !== undefined) return this.#deps.given.kind === 'variable' ? 'variable' : 'key-file';
    return this.#deps.host === undefined ? 'data-folder' : 'keychain';
  }

  /** For people: where the key in force is kept. */
  get location(): string {
    if (this.#rotatedTo !== null) return this.#rotatedTo.path;
    const { given, dataDir } = this.#deps;
    if (given !== undefined) return given.kind === 'variable' ? given.name : given.path;
    return this.source === 'keychain' ? 'the keychain of this computer' : `${KEY_FILE} in ${dataDir}`;
  }

  /** The key that seals; made in the data folder where there is none. Throws `Failure`. */
  inForce(): Promise<SealingKey> {
    if (this.#rotatedTo !== null) return Promise.resolve(this.#rotatedTo.key);
    this.#inForce ??= this.#load();
    this.#inForce.catch(() => {
      this.#inForce = null;
    });
    return this.#inForce;
  }

  /** The key of that id, in force or older; null where none of them is it. */
  async find(id: string): Promise<SealingKey | null> {
    const inForce = await this.inForce();
    if (inForce.id === id) return inForce;
    return (await this.older()).find((key) => key.id === id) ?? null;
  }

  /** Keys besides the one in force; those that can't be read any more are left out. */
  async older(): Promise<readonly SealingKey[]> {
    const keys = [
      ...(this.#rotatedTo === null || this.#inForce === null ? [] : [await this.#inForce]),
      ...(await olderKeysOfFolder(this.#deps.dataDir)).map(sealingKey),
      ...(await this.#remembered()),
    ];
    const inForce = (await this.inForce()).id;
    return keys.filter((key, index) => key.id !== inForce && keys.findIndex(({ id }) => id === key.id) === index);
  }

  /** A new key for the data folder; the old file is kept under its id. Answers the file's name. */
  async renewFolderKey(): Promise<{ readonly key: SealingKey; readonly keptFile: string }> {
    if (this.source !== 'data-folder') {
      throw new Failure('bad-input', `The key in force is not Podwatt's own: it comes from ${this.location}`, {
        hint: 'Name a file for the new key: podwatt encryption rotate --new-key-file FILE',
      });
    }
    const before = await this.inForce();
    const { bytes, keptFile } = await replaceKeyOfFolder(this.#deps.dataDir, before.id);
    const key = sealingKey(bytes);
    this.#inForce = Promise.resolve(key);
    return { key, keptFile };
  }

  /** Takes the key of a file from now on, made where it isn't there. The file is remembered for reading. */
  async takeKeyFile(path: string): Promise<SealingKey> {
    await this.inForce();
    const key = (await readKeyFile(path)) ?? (await makeKeyFile(path));
    const paths = await this.#paths();
    if (!paths.includes(path)) await this.#deps.state.set(REMEMBERED, [...paths, path]);
    this.#rotatedTo = { path, key };
    return key;
  }

  async #load(): Promise<SealingKey> {
    const { given, host, dataDir } = this.#deps;
    if (given?.kind === 'variable') return parseKey(given.text, given.name);
    if (given?.kind === 'file') return parseKey(await textOf(given), `${given.path} (${given.name})`);
    return sealingKey(await (host ?? (() => keyOfFolder(dataDir)))());
  }

  async #remembered(): Promise<SealingKey[]> {
    const read = await Promise.all((await this.#paths()).map((path) => readKeyFile(path).catch(() => null)));
    return read.filter((key) => key !== null);
  }

  async #paths(): Promise<string[]> {
    const stored = await this.#deps.state.get(REMEMBERED);
    return Array.isArray(stored) ? stored.filter((path) => typeof path === 'string') : [];
  }
}

async function textOf({ name, path }: { name: string; path: string }): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Failure('bad-input', `The key file ${path} of ${name} can't be read (${code})`, {
      hint: 'Put the file back, or correct the variable. Nothing is lost meanwhile: what was sealed stays sealed.',
    });
  }
}
