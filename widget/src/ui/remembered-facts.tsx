/** One of what is remembered, in the words and the order in which it is shown; all of it is text. */
import type { Remembered as Item } from '@fullname/shared/events';
import type { WidgetLocale } from '@fullname/shared/locale';
import type { ComponentChildren } from 'preact';
import { fill } from '../strings.ts';
import { langOf, Name } from './parts.tsx';
import type { RememberedKit } from './remembered.ts';

type Words = Pick<RememberedKit, 'said' | 'when'>;
type Row = readonly [name: ComponentChildren, value: ComponentChildren];

const CLAIMS = { name: 'keptName', email: 'keptEmail', phone: 'keptPhone' } as const;

/** What a button to remove it is called by. */
export function labelOf(item: Item, { said, when }: Words): string {
  switch (item.kind) {
    case 'preference':
      return item.text;
    case 'claim':
      return item.value;
    case 'call-back':
      return when.span(item.from, item.to);
    case 'labels':
      return said.keptPage;
    case 'page-events':
      return said.keptDone;
    // Two may be of one make.
    case 'push':
      return `${item.device ?? said.keptToldAny}, ${when.date(item.at)}`;
    default:
      return said.keptDevice;
  }
}

export function factsOf(item: Item, words: Words, locale: WidgetLocale): ComponentChildren {
  const { said, when } = words;
  const written = (text: string) => <bdi lang={langOf(text, locale)}>{text}</bdi>;
  switch (item.kind) {
    case 'preference':
      return [
        <p key="text" dir="auto" lang={langOf(item.text, locale)}>
          {item.text}
        </p>,
        item.quote && item.quote !== item.text && (
          <q key="quote" dir="auto" lang={langOf(item.quote, locale)}>
            {item.quote}
          </q>
        ),
        <small key="who">
          {fill(
            said.noted,
            <Name person={item.person} locale={locale} />,
            <time dateTime={item.at}>{when.date(item.at)}</time>,
          )}
        </small>,
      ];
    case 'claim':
      return [
        rows([[said[CLAIMS[item.what]], item.what === 'name' ? written(item.value) : number(item.value)]]),
        <small key="who">
          {item.at
            ? fill(said.keptByYou, <time dateTime={item.at}>{when.date(item.at)}</time>)
            : said.keptYours}
        </small>,
      ];
    case 'call-back':
      return [
        <p key="when">{when.span(item.from, item.to)}</p>,
        <small key="how">
          {item.way === 'chat' ? said.keptChat : fill(said.keptTelephone, number(item.phone ?? ''))}
          {item.person && [' · ', <Name key="who" person={item.person} locale={locale} />]}
        </small>,
      ];
    case 'labels':
      return rows(
        Object.entries(item.labels).map(([name, value]) => [written(name), written(String(value))]),
      );
    case 'page-events':
      return rows(
        [...item.events].reverse().map(({ name, meta, at }) => [
          <time key="at" dateTime={at}>
            {when.moment(at)}
          </time>,
          [
            written(name),
            ...Object.entries(meta).map(([key, value]) => [' · ', written(`${key}: ${value}`)]),
          ],
        ]),
      );
    case 'device':
      return [
        item.device && <p key="device">{written(item.device)}</p>,
        rows([
          [said.keptLanguage, when.language(item.locale)],
          ...item.pages.map(
            ({ url, title }, index): Row => [
              index ? '' : said.keptWhere,
              [title && [written(title), <br key="br" />], address(url)],
            ],
          ),
        ]),
      ];
    case 'push':
      return [
        <p key="device">{item.device ? written(item.device) : said.keptToldAny}</p>,
        <small key="since">
          {fill(said.keptToldSince, <time dateTime={item.at}>{when.date(item.at)}</time>)}
        </small>,
      ];
    case 'proven': {
      const { name, email } = item;
      return [
        rows([
          ...(name ? [[said.keptName, written(name)] as const] : []),
          ...(email ? [[said.keptEmail, number(email)] as const] : []),
        ]),
        <small key="who">{said.keptProven}</small>,
      ];
    }
    default:
      return null;
  }
}

function rows(all: readonly Row[]) {
  return (
    <dl key="rows">
      {all.map(([name, value], index) => [
        <dt key={`${index} name`}>{name}</dt>,
        <dd key={`${index} value`}>{value}</dd>,
      ])}
    </dl>
  );
}

/** Addresses and numbers read from left to right in every language. */
function number(text: string) {
  return (
    <bdi key="ltr" dir="ltr">
      {text}
    </bdi>
  );
}

function address(url: string) {
  return (
    <small key="url">
      <bdi dir="ltr">{url}</bdi>
    </small>
  );
}
