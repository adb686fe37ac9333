import { afterEach, beforeEach } from 'vitest';
import { type CommandWorld, createCommandWorld, type RunningCommand } from '../../fakes/cli/run-command.ts';

/** Commands of one test file: a fresh world for each test, and nothing left running after it. */
export function commandsOfTests(): { run: CommandWorld['run']; folder(): string } {
  let world: CommandWorld | null = null;
  const running: RunningCommand[] = [];
  beforeEach(() => {
    world = createCommandWorld();
  });
  afterEach(async () => {
    for (const command of running.splice(0)) {
      command.stop();
      await command.exitCode;
    }
    world?.remove();
  });
  const here = () => {
    if (world === null) throw new Error('there is no test');
    return world;
  };
  return {
    run: (args, options) => {
      const command = here().run(args, options);
      running.push(command);
      return command;
    },
    folder: () => here().folder,
  };
}
