/**
 * Runs once a file of the tests with a page. The testing library gives a wait one second, which a busy machine may need for one drawing.
 * A module that is still on its way when the page goes would be broken for the next file that shares it.
 */
import { configure } from '@testing-library/preact';
import { afterAll, vi } from 'vitest';

configure({ asyncUtilTimeout: 30_000 });
afterAll(() => vi.dynamicImportSettled());
