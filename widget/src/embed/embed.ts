/** The script tag's code: `<script async src="https://HOST/w/SITEKEY.js"></script>`. All that touches the host page is in this folder. */
import { boot } from './api.ts';
import type { Settings } from './widget.ts';

// `Object` keeps the compiler from copying the placeholder about: the relay replaces it once.
const settings: Settings = Object('__FULLNAME_SETTINGS__');
const said = document.currentScript?.dataset ?? {};
const begin = (): void => boot(settings, said);

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
else begin();
