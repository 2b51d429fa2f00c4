/** Amounts of money: in real currencies, with no more decimals than the currency has. */

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/** Whether this is a code of ISO 4217 that can be written for people. */
export function isCurrency(code: string): boolean {
  return CURRENCIES.has(code);
}

/** The amount in the currency's main unit, rounded to its smallest: sums of binary fractions are not exact. */
export function roundMoney(amount: number, currency: string): number {
  return Number(amount.toFixed(decimalsOf(currency)));
}

/** How many decimals the currency has: none for yen, three for dinars. */
function decimalsOf(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}
