/** Runs once a file of the tests with a page. The testing library gives a wait one second, which a busy machine may need for one drawing. */
import { configure } from '@testing-library/preact';

configure({ asyncUtilTimeout: 30_000 });
