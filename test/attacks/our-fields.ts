/** What the relay tells that nobody else has written: words of the contract, keys, and the product's own. */

/** Names that are words of the contract, or the product's own, wherever they stand. */
const OURS = new Set(
  (
    'accent by cause channel code consent css currency differs element kid kind level locale mayTell ' +
    'method nameKind origin outcome position proof question rating refusal replaces role severity ' +
    'situation source speaks stage state status step tag task theme timeZone topic type unless version ' +
    'way week when where wrapUp zone'
  ).split(' '),
);
/** The others, one by one. */
const OUR_FIELDS =
  /^(claim\.what|must(Not)?Fire\.given|preChat\..*|languages\..*|(hellos|rules)\.id|tag\.site|file:link\.url|\w+\.key|sites\/:id\/csp.*|words\..*|[\w:/-]+merge-preview\.address|[\w:/-]+setup\.mail|n\/about\.key|greeted\.hello|tasks\.next|look\.(found|key))$/;

/** Whether nobody else has written this. */
export function isOurs(field: string): boolean {
  return OURS.has(field.split('.').at(-1) ?? '') || OUR_FIELDS.test(field);
}
