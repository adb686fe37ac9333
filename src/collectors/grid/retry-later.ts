import { Failure } from '../../model/failure.ts';

/** A publisher asks for patience (429, or 503 with a time); nothing is to be asked of it before that. */
export class RetryLater extends Failure {
  readonly waitSeconds: number;

  constructor(name: string, waitSeconds: number) {
    super('unreachable', `${name} takes no more requests for ${describe(waitSeconds)}.`, {
      hint: 'Podwatt waits and goes on with stored and yearly values meanwhile. A larger plan raises the limit.',
    });
    this.name = 'RetryLater';
    this.waitSeconds = waitSeconds;
  }
}

function describe(seconds: number): string {
  return seconds < 120 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}
