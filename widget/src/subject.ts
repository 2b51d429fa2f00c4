/** Whom a proof names, read without proof: it only decides what this browser forgets. Null where there is nobody. */
export function subjectOf(proof: string): string | null {
  try {
    const isHash = proof.startsWith('{');
    const [, claims = ''] = proof.split('.');
    const said = JSON.parse(isHash ? proof : atob(claims.replaceAll('-', '+').replaceAll('_', '/'))) as {
      readonly sub?: unknown;
      readonly userId?: unknown;
    };
    const subject = isHash ? said.userId : said.sub;
    return typeof subject === 'string' ? subject : null;
  } catch {
    return null;
  }
}
