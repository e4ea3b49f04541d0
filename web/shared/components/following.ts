/** Staying at the end of a conversation, and telling that it was read. */
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Conversation } from "../conversation";

/** Closer than this to the end counts as being there, in pixels. */
const NEAR = 48;

export interface Following {
  /** The scrolling element. */
  box: RefObject<HTMLElement | null>;
  /** What it holds; it grows with every message, line and card. */
  content: RefObject<HTMLDivElement | null>;
  atEnd: boolean;
  toEnd: () => void;
}

/**
 * Where the end is, in pixels from the top. What stands under the conversation and asks to be read from its beginning
 * (`data-from-top`) may be higher than the view: then its beginning is the end.
 */
function endOf(box: HTMLElement): number {
  const bottom = box.scrollHeight - box.clientHeight;
  const last = box.querySelector("[data-from-top]");
  if (!last) return bottom;
  const top = last.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
  return Math.min(bottom, Math.floor(top));
}

/** Keeps the end in view as long as the viewer is there; who writes is taken there. */
export function useFollowing(written: number): Following {
  const box = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const [atEnd, setAtEnd] = useState(true);
  const toEnd = () => box.current?.scrollTo({ top: endOf(box.current) });
  useLayoutEffect(() => {
    if (written === 0) return;
    following.current = true;
    toEnd();
  }, [written]);
  useEffect(() => {
    const element = box.current;
    if (!element || !content.current) return;
    let end = 0;
    const look = () => {
      const now = endOf(element);
      const near = now - element.scrollTop < NEAR;
      // Something that grew moved the end away; only the viewer moves away from the end.
      const grew = now !== end;
      end = now;
      following.current = near || (following.current && grew);
      setAtEnd(following.current);
    };
    // Told before the next paint, so nothing jumps, whichever of the two changed its size.
    const resized = new ResizeObserver(() => {
      if (!following.current) look();
      // Who reads on below the beginning of the last card is not taken back to it.
      else if (element.scrollTop < endOf(element)) toEnd();
    });
    resized.observe(element);
    resized.observe(content.current);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, []);
  return { box, content, atEnd, toEnd };
}

/** Tells the others what is read: the end is in view and the page is looked at. */
export function useReading(conversation: Conversation, atEnd: boolean): void {
  const entries = conversation.entries.value;
  useEffect(() => {
    const read = () => {
      if (atEnd && document.visibilityState === "visible") conversation.noteRead();
    };
    read();
    document.addEventListener("visibilitychange", read);
    return () => document.removeEventListener("visibilitychange", read);
  }, [entries, atEnd, conversation]);
}
