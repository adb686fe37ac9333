/** Which small numbers were seen in a round; a new round costs nothing, however many there were. */
export class SeenPlaces {
  #rounds = new Uint32Array(1024);
  #round = 0;

  /** Begins a round: nothing was seen. */
  next(): this {
    this.#round += 1;
    return this;
  }

  /** True where a number was asked for in this round before. */
  wasThere(place: number): boolean {
    if (place >= this.#rounds.length) {
      const larger = new Uint32Array(2 ** Math.ceil(Math.log2(place + 1)));
      larger.set(this.#rounds);
      this.#rounds = larger;
    }
    const was = this.#rounds[place] === this.#round;
    this.#rounds[place] = this.#round;
    return was;
  }
}
