/**
 * Payment card numbers in words that somebody types: 12 to 19 digits in any script, whatever stands between their groups, that pass
 * Luhn and belong to an issuer. What is named as an order, a parcel or a telephone is left alone, and so is what hangs on letters.
 */
type Span = { readonly from: number; readonly to: number };

/** Payment card numbers in a text, in order, without overlap. Offsets in UTF-16 code units. */
export function cardsIn(text: string): readonly Span[] {
  const found: Span[] = [];
  const groups = groupsIn(text);
  for (let first = 0; first < groups.length; ) {
    const last = cardFrom(text, groups, first);
    const from = groups[first]?.from ?? 0;
    const to = groups[last]?.to;
    if (to !== undefined) found.push({ from, to });
    first = Math.max(first, last) + 1;
  }
  return found;
}

/**
 * The text with every payment card number masked but for its last four digits: `•••• •••• •••• 1234`. As long as the text;
 * masking twice changes nothing more.
 */
export function maskCards(text: string): string {
  let masked = '';
  let end = 0;
  for (const { from, to } of cardsIn(text)) {
    const number = text.slice(from, to);
    let hidden = (number.match(/\p{Nd}/gu)?.length ?? 0) - 4;
    masked +=
      text.slice(end, from) +
      number.replace(/\p{Nd}/gu, (digit) => (hidden-- > 0 ? MASK.repeat(digit.length) : digit));
    end = to;
  }
  return masked + text.slice(end);
}

const MASK = '•';

type Group = Span & {
  readonly digits: string;
  /** What stands between it and the group before; null where that cannot be inside one number. */
  readonly gap: string | null;
};

/** Unbroken digits. Invisible characters, accents and key caps do not break them. */
function groupsIn(text: string): Group[] {
  let end = 0;
  return [...text.matchAll(/\p{Nd}(?:[\p{Cf}\p{M}]*\p{Nd})*/gu)].map(({ 0: run, index: from }) => {
    const gap = text.slice(end, from);
    end = from + run.length;
    return {
      from,
      to: end,
      digits: run.replace(/\P{Nd}/gu, '').replace(/\p{Nd}/gu, digitOf),
      gap: from && /^[^\p{L}\p{N}•]{1,6}$/u.test(gap) ? gap : null,
    };
  });
}

/** Each script has its ten digits in one row, zero first. */
function digitOf(digit: string): string {
  let row = 0;
  for (let code = digit.codePointAt(0) ?? 0; /\p{Nd}/u.test(String.fromCodePoint(code)); code--) row++;
  return String((row + 9) % 10);
}

/** The index of the group that ends a card number which begins with group `first`; -1 where none does. */
function cardFrom(text: string, groups: readonly Group[], first: number): number {
  const from = groups[first]?.from ?? 0;
  let luhn: Luhn = { sum: 0, doubled: 0 };
  let digits = '';
  let shape = '';
  let even = true;
  let best = -1;
  let bestRank = 0;
  for (let last = first; last < groups.length; last++) {
    const group = groups[last];
    if (!group || (last > first && group.gap === null)) break;
    if (digits.length + group.digits.length > 19) break;
    if (last > first && group.gap !== groups[first + 1]?.gap) even = false;
    digits += group.digits;
    shape += group.digits.length.toString(36);
    luhn = luhnOf(luhn, group.digits);
    if (luhn.sum % 10 || digits.length < 12) continue;
    // The shape of a card, one kind of separator, then the longest: what follows a card number is its date.
    const isShaped = SHAPE.test(shape);
    const rank = isShaped ? 2 + Number(even) : 1;
    if (rank < bestRank || !isCard(digits, isShaped && shape, surroundings(text, from, group.to))) continue;
    best = last;
    bestRank = rank;
  }
  return best;
}

/** How card numbers are written: in one, in fours, as on American Express, Diners and old Visa cards, or digit by digit. */
const SHAPE = /^(?:[48c]*.|46[45]|4333|6[acd]|1+|2+1?|3{4,}.?|5{2,}.?)$/;

const ISSUER =
  /^(?:4.{12}(?:...(?:...)?)?$|(?=.{16}$)(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)|(?=.{15}$)(?:3[47]|2131|1800)|(?=.{14}$)3(?:0[0-5]|095|[689])|(?=.{16,19}$)(?:6011|64[4-9]|6[25]|81|35(?:2[89]|[3-8])|220[0-4])|(?=.{12,19}$)(?:5018|5020|5038|5893|6304|6390|67))/;
/** Ranges that half of all numbers are in: only for what looks like a card number in other ways too. */
const RARE_ISSUER =
  /^(?:(?=.{12,19}$)(?:5[06-9]|6)|(?=.{16,19}$)(?:3(?:0[0-5]|[689])|60|8[26]|9[78])|1.{14}$)/;

/** `shape` is false where no card is written so. */
function isCard(digits: string, shape: string | false, around: Surroundings): boolean {
  const isKnown = ISSUER.test(digits);
  if (!isKnown && !RARE_ISSUER.test(digits)) return false;
  if (MASKED_BEFORE.test(around.before)) return false;
  const clauses = [around.before.split(CLAUSE_END).pop() ?? '', around.after.split(CLAUSE_END)[0] ?? ''];
  if (clauses.some((clause) => CARD.test(clause)) || CARD_PARTS.test(around.after)) return true;
  if (!shape || isSomethingElse(digits, around)) return false;
  return isKnown || shape.startsWith('4444') || clauses.some((clause) => PAYS.test(clause));
}

/** Luhn's sum, and the same with the last digit doubled: a number is read from the left, and weighed from the right. */
type Luhn = { readonly sum: number; readonly doubled: number };

function luhnOf(before: Luhn, digits: string): Luhn {
  let { sum, doubled } = before;
  for (const digit of digits) {
    const value = Number(digit);
    [sum, doubled] = [doubled + value, sum + value * 2 - (value > 4 ? 9 : 0)];
  }
  return { sum, doubled };
}

type Surroundings = { readonly before: string; readonly after: string };

function surroundings(text: string, from: number, to: number): Surroundings {
  return { before: text.slice(Math.max(0, from - 40), from), after: text.slice(to, to + 30) };
}

const CLAUSE_END = /[\n!?;,。！？；，]\s*(?=\S)|\.\s+(?=[A-Z])/;
const CARD = /card(?!i)|visa|maestro|amex|credit|debit|\bpan\b|\bcvv|\bcvc|\bexp\b|expir|卡|有效期|到期/iu;
/** What stands behind the number on a card or in a form: its date, its code. */
const CARD_PARTS =
  /^[^\p{L}\p{N}]{1,4}(?:(?:0[1-9]|1[0-2]) ?[/-] ?(?:20)?\d\d(?!\d)|exp|cv[vc]|valid|有效|安全[码碼])/iu;
const PAYS = /\bpa(?:y|id)|charg|refund|付|退|扣|刷|[账帳][号號户戶]/iu;
/** The last four digits of what is masked already begin nothing. */
const MASKED_BEFORE = /•(?:[^\p{L}\p{N}•]{0,6}\p{Nd}){0,3}[^\p{L}\p{N}•]{0,6}$/u;

const NAMES =
  '(?:(?<![a-z])(?:order|tracking|track|parcel|shipment|consignment|waybill|invoice|receipt|booking|reservation|confirmation|reference|ref|ticket|transaction|serial|imei|sku|ean|isbn|barcode|phone|mobile|tel|telephone|cell|fax|whatsapp|member|customer|(?:case|claim|policy|contract|po|product|item|article|batch|licen[cs]e|passport|voucher) ?(?:number|num|no|nr|id|code|ref|#))s?(?![a-z])|[订訂单單]号|[订訂]单|訂單|[单單]號|[运運][单單]|物流|快[递遞]|包裹|[发發]票|手[机機]|[电電][话話]|[编編][号號]|流水|保[单單]|合同|[货貨]号|[护護]照|[会會][员員]|序列|[条條][码碼]|交易)';
const BEFORE = new RegExp(
  `${NAMES}(?:\\s|number|num|no|nr|id|code|is|was|[号號码碼是为為:：#.=("“（-])*(?:(?:\\d{4} ){2,})?$`,
  'iu',
);
const AFTER = new RegExp(`^\\s*(?:@|(?:is|was|是|为|為)\\s*(?:my|the|our|your|我的|我)?\\s*${NAMES})`, 'iu');
/** A number sign, an address, a telephone's plus, an account's country, or letters it hangs on. */
const HANGS_ON = /[#+\p{Script=Latin}_]$|[A-Z][-/]$|https?:\S*$|\b[A-Z]{2}\d\d(?:\s?[\dA-Z]{4})*\s?$/u;
/** A resident's identity number: a birthday in the middle. */
const RESIDENT = /^\d{6}(?:19|20)\d\d[01]\d[0-3]\d{5}$/;

function isSomethingElse(digits: string, { before, after }: Surroundings): boolean {
  return BEFORE.test(before) || AFTER.test(after) || HANGS_ON.test(before) || RESIDENT.test(digits);
}
