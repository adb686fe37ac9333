/** Work under one name happens one after the other; under different names side by side. */
export class OneAtATime {
  readonly #last = new Map<string, Promise<void>>();

  async run<Answer>(name: string, work: () => Promise<Answer>): Promise<Answer> {
    const before = this.#last.get(name);
    const answer = before === undefined ? work() : before.then(work);
    const done = answer.then(
      () => {},
      () => {},
    );
    this.#last.set(name, done);
    try {
      return await answer;
    } finally {
      if (this.#last.get(name) === done) this.#last.delete(name);
    }
  }
}
