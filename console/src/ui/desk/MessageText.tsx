import { splitLinks } from '@fullname/shared/text';

/** Words as text nodes; only http and https addresses become links, and the page they lead to learns nothing. */
export function MessageText({ text }: { readonly text: string }) {
  return (
    <>
      {splitLinks(text).map((part, index) =>
        part.href ? (
          <a key={index} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
            {part.text}
          </a>
        ) : (
          part.text
        ),
      )}
    </>
  );
}
