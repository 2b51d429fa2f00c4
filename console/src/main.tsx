import { effect } from '@preact/signals';
import { render } from 'preact';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/shell.css';
import './styles/list.css';
import './styles/thread.css';
import './styles/composer.css';
import './styles/customer.css';
import './styles/pages.css';
import './styles/book.css';
import './styles/company.css';
import './styles/recovery.css';
import './styles/work.css';
import './styles/giving.css';
import './styles/moments.css';
import './styles/site.css';
import { startClock } from './clock.ts';
import { followAddress } from './route.ts';
import { session, startSession } from './session.ts';
import { followLanguage } from './strings/index.ts';
import { App } from './ui/App.tsx';

followAddress();
followLanguage();
startClock();
// A link pasted into an open console arrives as a change of the fragment, without a load.
window.addEventListener('hashchange', () => {
  if (location.hash.startsWith('#link=')) void startSession();
});
effect(() => {
  document.documentElement.dataset.session = session.value.state;
});

const root = document.getElementById('app');
if (root) render(<App />, root);
void startSession();
