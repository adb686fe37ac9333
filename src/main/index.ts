import { dirname } from 'node:path';
import { runDesktop } from './desktop.ts';

await runDesktop(dirname(import.meta.dirname));
