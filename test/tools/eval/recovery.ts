/**
 * Which real words look as if something went wrong. Trouble: what a bank's customers ask under intents that name one. No
 * trouble: their plain questions, and people who played an information desk, in both scripts.
 */
import type { Entry } from '@fullname/shared/model';
import { failureSigns } from '@fullname/shared/recovery/signs';
import { atLeast, atMost, type Measured, type Stage } from '../../support/figures.ts';
import { bankingQuestions, type Corpus, converted, convertedCorpus, crossWoz, DATA } from './corpora.ts';

export const RECOVERY_FLAGS = [] as const;

const TROUBLE = [
  ...[
    'transaction_charged_twice',
    'card_swallowed',
    'wrong_amount_of_cash_received',
    'Refund_not_showing_up',
  ],
  ...['card_not_working', 'contactless_not_working', 'transfer_not_received_by_recipient', 'failed_transfer'],
  ...['extra_charge_on_statement', 'request_refund', 'virtual_card_not_working', 'card_arrival'],
];
const PLAIN = [
  ...[
    'age_limit',
    'atm_support',
    'automatic_top_up',
    'card_acceptance',
    'card_delivery_estimate',
    'change_pin',
  ],
  ...[
    'country_support',
    'disposable_card_limits',
    'edit_personal_details',
    'exchange_via_app',
    'top_up_limits',
  ],
  ...['fiat_currency_support', 'get_disposable_virtual_card', 'get_physical_card', 'getting_spare_card'],
  ...['order_physical_card', 'supported_cards_and_currencies', 'visa_or_mastercard', 'why_verify_identity'],
  ...['verify_source_of_funds', 'transfer_timing', 'card_about_to_expire'],
];

export async function evaluateRecovery(stage: Stage): Promise<readonly Measured[]> {
  const questions = bankingQuestions('train');
  const desk = crossWoz();
  if (!questions || !desk) {
    stage.progress(`skipped: nothing at ${DATA}`);
    return [];
  }
  const share = (intents: readonly string[]) => {
    const texts = questions.flatMap(({ text, intent }) => (intents.includes(intent) ? [text] : []));
    return percent(texts.filter((text) => isSign(text, 'visitor')).length, texts.length);
  };
  return [
    atLeast('trouble that is heard, English', share(TROUBLE), { must: 35 }),
    atMost('plain questions taken for trouble, English', share(PLAIN), { must: 1.5 }),
    ...[desk, convertedCorpus(desk, 's2twp')].map((corpus) =>
      atMost(`turns taken for trouble, ${corpus.name}`, alarms(corpus), { must: 0.5 }),
    ),
    atMost('turns that differ by script', scripts(desk), { must: 0.1 }),
  ];
}

function alarms({ turns }: Corpus): readonly [number, string] {
  const alarmed = turns.filter(
    ({ text, before }) => isSign(text, 'agent') || (before !== null && isSign(before, 'visitor')),
  );
  return percent(alarmed.length, turns.length);
}

function scripts({ turns }: Corpus): readonly [number, string] {
  const differ = turns.filter(
    ({ text }) => isSign(text, 'agent') !== isSign(converted(text, 's2t'), 'agent'),
  );
  return percent(differ.length, turns.length);
}

function percent(part: number, whole: number): readonly [number, string] {
  return [(100 * part) / whole, '%'];
}

function isSign(text: string, by: 'visitor' | 'agent'): boolean {
  const author = by === 'agent' ? { kind: by, person: { id: '', fullName: '' } } : { kind: by };
  const entry: Entry = {
    ...{ id: null, at: '', conversation: '', seq: 1, publicSeq: 1, kind: 'message' },
    ...{ author, text },
  };
  return failureSigns([entry]).length > 0;
}
