import type { CustomerPane as Pane } from '@fullname/shared/model';
import { useDesk } from '../../context.ts';
import { dateOf, languageName, monthOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { drawer, pane as shownPane } from '../../view.ts';
import { Icon } from '../common/Icon.tsx';
import { CustomerMenu } from '../company/CustomerMenu.tsx';
import { ClaimMark, nameOf } from '../desk/ConversationRow.tsx';
import { capabilities } from '../desk/capabilities.ts';
import { Giving } from '../giving/Giving.tsx';
import { Helpers } from '../help/Helpers.tsx';
import { Fact } from './Fact.tsx';
import { Farewells } from './Farewells.tsx';
import { LinkCustomer, Linked } from './LinkCustomer.tsx';
import { PleaseKnowCard } from './PleaseKnowCard.tsx';
import { Preferences } from './Preferences.tsx';
import { Promises } from './Promises.tsx';
import { ReachLine } from './ReachLine.tsx';
import { Timeline } from './Timeline.tsx';
import { ToldByPage } from './ToldByPage.tsx';
import { Purchases, ValueSection } from './Value.tsx';

/**
 * The customer beside the conversation: who this is, what is owed, what they like, what happened before. Whoever nobody has
 * linked has all of it but what only a customer has: a worth, purchases, an ally.
 */
export function CustomerPane({ thread }: { readonly thread: Thread }) {
  const t = words();
  const pane = thread.pane.value;
  const able = capabilities(useDesk(), thread);
  return (
    <section
      class="customer"
      aria-labelledby="customer-name"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) backToThread();
      }}
    >
      <button
        type="button"
        class="icon-button customer-back"
        aria-label={t.common.back}
        onClick={backToThread}
      >
        <Icon name="back" />
      </button>
      <Who thread={thread} pane={pane} />
      {pane.pleaseKnow.length > 0 && <PleaseKnowCard thread={thread} cards={pane.pleaseKnow} />}
      {!pane.customer && <Claims pane={pane} />}
      {!pane.customer && able.record && <LinkCustomer thread={thread} />}
      <Promises thread={thread} canRecord={able.record} />
      <Preferences thread={thread} canRecord={able.record} />
      <Farewells answers={pane.farewells ?? []} />
      <Timeline thread={thread} canRecord={able.record} />
      <Giving thread={thread} canRecord={able.record} />
      {pane.customer && (
        <>
          <ValueSection thread={thread} canRecord={able.record} />
          <Purchases purchases={pane.purchases} />
          <Linked thread={thread} canTakeBack={able.record} />
        </>
      )}
      <Helpers thread={thread} />
      <RightNow thread={thread} />
      <ToldByPage told={pane.told} />
    </section>
  );
}

function backToThread(): void {
  drawer.value = false;
  if (shownPane.value === 'customer') shownPane.value = 'thread';
}

function Who({ thread, pane }: { readonly thread: Thread; readonly pane: Pane }) {
  const t = words().customer;
  const { customer } = pane;
  // Those come first.
  const [first] = pane.preferences;
  return (
    <header class="customer-who">
      <h2 id="customer-name" class="customer-name" dir="auto">
        {customer?.name ?? nameOf(thread.detail.value)}
        {!customer && <ClaimMark row={thread.detail.value} />}
      </h2>
      {customer && <CustomerMenu customer={customer} />}
      {customer ? (
        <p class="customer-facts">
          <span title={dateOf(customer.since)}>{t.since(monthOf(customer.since))}</span>
          {customer.ally && (
            <span>
              {words().common.label(t.ally)}
              {customer.ally.fullName}
            </span>
          )}
          {customer.demo && <span>{words().demo.mark}</span>}
        </p>
      ) : (
        <p class="customer-facts">
          <span>{t.unlinked}</span>
        </p>
      )}
      {first?.reach && <ReachLine reach={first.reach} text={first.text} />}
    </header>
  );
}

/** What somebody says of themself is shown as that, and opens nothing. */
function Claims({ pane }: { readonly pane: Pane }) {
  const t = words().customer;
  const { name, email } = pane.claims;
  return (
    <section class="claims">
      {name || email ? (
        <>
          <h3>{t.claimsTitle}</h3>
          <dl class="facts">
            {name && <Fact name={t.claimName} value={name} />}
            {email && <Fact name={t.claimEmail} value={email} />}
          </dl>
          <p class="field-hint">{t.claimNote}</p>
        </>
      ) : (
        <p class="field-hint">{t.noClaims}</p>
      )}
    </section>
  );
}

function RightNow({ thread }: { readonly thread: Thread }) {
  const t = words();
  const detail = thread.detail.value;
  const customer = thread.pane.value.customer;
  return (
    <section>
      <h3>{t.customer.now}</h3>
      <dl class="facts">
        {detail.page && <PageFact page={detail.page} here={detail.visitorHere} />}
        {detail.device && <Fact name={t.customer.device} value={detail.device} />}
        <Fact name={t.customer.speaks} value={languageName(detail.speaks ?? detail.locale)} />
        <Fact name={t.customer.site} value={detail.site.name} />
        {customer?.email && <Fact name={t.customer.email} value={customer.email} />}
      </dl>
    </section>
  );
}

function PageFact({
  page,
  here,
}: {
  readonly page: { readonly url: string; readonly title: string };
  readonly here: boolean;
}) {
  const t = words();
  const isWeb = /^https?:\/\//.test(page.url);
  return (
    <div>
      <dt>{t.customer.page}</dt>
      <dd>
        {isWeb ? (
          <a href={page.url} target="_blank" rel="noopener noreferrer nofollow" title={page.url}>
            {page.title || page.url}
          </a>
        ) : (
          page.title || page.url
        )}
        {!here && <small> {t.thread.notHere}</small>}
      </dd>
    </div>
  );
}
