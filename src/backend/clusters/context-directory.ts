import type {
  ClusterConnection,
  ConnectOptions,
  ContextDescription,
  ContextListing,
  ContextSource,
} from '../../core/ports/cluster-source.ts';
import { Failure } from '../../model/failure.ts';

/** All context sources as one. A name that two sources have belongs to the first. */
export class ContextDirectory {
  readonly #sources: readonly ContextSource[];

  constructor(sources: readonly ContextSource[]) {
    this.#sources = sources;
  }

  async list(): Promise<ContextListing> {
    const listings = await Promise.all(this.#sources.map((source) => source.list()));
    const contexts = new Map<string, ContextDescription>();
    for (const context of listings.flatMap((listing) => listing.contexts)) {
      if (!contexts.has(context.name)) contexts.set(context.name, context);
    }
    return { files: listings.flatMap((listing) => listing.files), contexts: [...contexts.values()] };
  }

  /** Throws `not-found` for a name that no source has. */
  async describe(contextName: string): Promise<ContextDescription> {
    return (await this.#find(contextName)).context;
  }

  /** True where there is an API server behind the context whose objects can be followed. */
  async hasFeed(contextName: string): Promise<boolean> {
    return (await this.#find(contextName)).source.hasFeed === true;
  }

  async connect(contextName: string, options: ConnectOptions): Promise<ClusterConnection> {
    const { source, context } = await this.#find(contextName);
    if (context.problem !== null) {
      const { message, hint } = context.problem;
      throw new Failure('bad-input', message, hint === null ? {} : { hint });
    }
    return source.connect(contextName, options);
  }

  watch(onChange: () => void): () => void {
    const stops = this.#sources.map((source) => source.watch(onChange));
    return () => {
      for (const stop of stops) stop();
    };
  }

  async #find(contextName: string): Promise<{ source: ContextSource; context: ContextDescription }> {
    for (const source of this.#sources) {
      const context = (await source.list()).contexts.find((each) => each.name === contextName);
      if (context !== undefined) return { source, context };
    }
    throw new Failure('not-found', `There is no context named "${contextName}"`, {
      hint: 'Podwatt lists the contexts of the kubeconfig files that it reads; check the name, or add the file.',
    });
  }
}
