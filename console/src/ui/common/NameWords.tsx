/** Words around a full name; the name stands out. */
export function NameWords({
  words,
}: {
  readonly words: { readonly before: string; readonly name: string; readonly after: string };
}) {
  return (
    <>
      {words.before}
      <strong class="full-name">{words.name}</strong>
      {words.after}
    </>
  );
}
