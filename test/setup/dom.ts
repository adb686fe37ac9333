import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// A wait ends with what it waits for; on a busy machine a second is not enough for a whole page.
configure({ asyncUtilTimeout: 15_000 });
afterEach(cleanup);
