/** What somebody wrote: always text, never markup; web addresses become links. */
export function Text({ text }: { text: string }) {
  return <>{pieces(text).map((piece) => (isAddress(piece) ? <Address url={piece} /> : piece))}</>;
}

function Address({ url }: { url: string }) {
  return (
    <a href={url} target="_blank" rel="noopener noreferrer nofollow ugc">
      {url}
    </a>
  );
}

/** Splits at http(s) addresses; punctuation that ends a sentence stays outside of them. */
export function pieces(text: string): string[] {
  return text.split(/(https?:\/\/[^\s<>"]+[^\s<>"'.,;:!?)\]])/giu).filter((piece) => piece !== "");
}

export function isAddress(piece: string): boolean {
  return /^https?:\/\/[^\s<>"]+$/iu.test(piece) && URL.canParse(piece);
}
