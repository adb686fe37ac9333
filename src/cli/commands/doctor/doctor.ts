import { findOwner } from '../../../backend/ownership/ownership.ts';
import { Failure, isFailure } from '../../../model/failure.ts';
import type { Client } from '../../../server/client.ts';
import type { CliDeps } from '../../cli-deps.ts';
import { formatFindings } from '../../output/doctor-text.ts';
import { progressLine } from '../../output/progress-line.ts';
import { type SharedOptions, settingsFor } from '../command-settings.ts';
import { print } from '../print.ts';
import { withClient } from '../with-client.ts';
import { checkContexts, checkFiles } from './check-contexts.ts';
import { checkServices } from './check-services.ts';
import { type Finding, finding } from './finding.ts';

/** `podwatt doctor`: looks at everything that Podwatt needs, and says what to do. Exit code 1 where something is broken. */
export async function doctor(options: SharedOptions & { json?: boolean }, deps: CliDeps): Promise<void> {
  const { terminal } = deps;
  const settings = await settingsFor(options, terminal);
  const line = progressLine(terminal);
  const findings: Finding[] = [];
  try {
    const runs = (await findOwner(settings.dataDir))?.address ?? null;
    await withClient(settings, deps, async (client) => {
      const words = runs === null ? 'can be written' : `belongs to the Podwatt at ${runs}`;
      findings.push(finding('data folder', 'ok', `${settings.dataDir} ${words}`));
      findings.push(...(await examine(client, settings.contexts, deps, line.showShare)));
    });
  } catch (error) {
    findings.push(folderProblem(error, settings.dataDir));
  } finally {
    line.clear();
  }
  const broken = findings.filter(({ state }) => state === 'broken').length;
  await print(options, deps, { ok: broken === 0, findings }, formatFindings(findings));
  if (broken > 0) throw new Failure('conflict', broken === 1 ? '1 thing is broken' : `${broken} things are broken`);
}

/** Neither a lock nor a backend can be had: nothing else can be looked at. */
function folderProblem(error: unknown, dataDir: string): Finding {
  if (isFailure(error)) return finding('data folder', 'broken', error.message, error.hint);
  if (!(error instanceof Error && 'code' in error)) throw error;
  const detail = `The data folder ${dataDir} can't be read (${String(error.code)})`;
  return finding('data folder', 'broken', detail, 'Choose another folder with --data-dir.');
}

async function examine(
  client: Client,
  named: readonly string[],
  { terminal }: CliDeps,
  show: (text: string, done: number, total: number) => void,
): Promise<Finding[]> {
  const services = await checkServices(client);
  const listing = await client.contexts.list();
  const chosen = listing.contexts.filter(({ name }) => named.length === 0 || named.includes(name));
  const unknown = named.filter((name) => !listing.contexts.some((context) => context.name === name));
  const onDone = (done: number, total: number) => show(`${done} of ${total} contexts`, done, total);
  return [
    ...services,
    ...checkFiles(listing),
    ...unknown.map((name) =>
      finding(`context ${name}`, 'broken', 'No kubeconfig has it', 'podwatt contexts lists the names.'),
    ),
    ...(await checkContexts(chosen, client, terminal.stopSignal, onDone)),
  ];
}
