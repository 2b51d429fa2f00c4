import { isChatPage } from '@fullname/shared/page-settings';
import { useState } from 'preact/hooks';
import { siteWords } from '../../strings/site.ts';
import { TextField } from '../common/Field.tsx';
import { LinesField } from './fields.tsx';
import { Part } from './Part.tsx';
import { useSetup } from './setup.ts';

/** On which pages the chat is shown, and a trial with an address. */
export function Pages() {
  const { form, filled, marked, set } = useSetup();
  const t = siteWords().pages;
  const { pages } = form.settings;
  const [address, setAddress] = useState('');
  const isAddress = /^https?:\/\//i.test(address.trim()) && URL.canParse(address.trim());
  const answer = isChatPage(pages, address.trim()) ? t.yes : t.no;
  return (
    <Part name="pages" lead={t.lead}>
      <div class="field-pair" key={filled}>
        {(['only', 'never'] as const).map((which) => (
          <LinesField
            key={which}
            label={t[which]}
            hint={t[`${which}Hint`]}
            values={pages[which]}
            problem={marked(`pages.${which}`) ? t.bad : null}
            onChange={(values) => set('pages', { ...pages, [which]: values })}
          />
        ))}
      </div>
      <TextField label={t.test} hint={t.testHint} value={address} onChange={setAddress} maxLength={2_000} />
      <p role="status" class="match">
        {address.trim() === '' ? '' : isAddress ? answer : t.noAddress}
      </p>
    </Part>
  );
}
