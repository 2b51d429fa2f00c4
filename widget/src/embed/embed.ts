/** The script tag's code: `<script async src="https://HOST/w/SITEKEY.js"></script>`. All that touches the host page is in this folder. */
import type { Settings } from './contract.ts';
import { boot } from './core.ts';

// `Object` keeps the compiler from copying the placeholder about: the relay replaces it once.
const settings: Settings = Object('__FULLNAME_SETTINGS__');
const said = document.currentScript?.dataset;
const begin = (): void => boot(settings, { ...settings.options, ...window.fullnameSettings, ...said });

// A page that is written anew and never closed loads for ever; that it was read once is remembered.
if (!performance.timing.domInteractive) document.addEventListener('DOMContentLoaded', begin);
else begin();
