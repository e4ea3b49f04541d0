import { useEffect, useRef } from "preact/hooks";
import { replyTo } from "../press";

/** The text of a form takes the focus once it is there, where somebody has asked for that. */
export function useReplyFocus(id: string) {
  const area = useRef<HTMLFormElement & HTMLElement>(null);
  const wanted = replyTo.value === id;
  useEffect(() => {
    const field = area.current?.querySelector("textarea");
    if (!wanted || !field) return;
    replyTo.value = null;
    // Whoever types somewhere else by now goes on typing there.
    if (!document.activeElement?.matches("input, textarea")) field.focus();
  });
  return area;
}
