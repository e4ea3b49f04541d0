import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";

interface DialogProps {
  title: string;
  open: boolean;
  onClose: () => void;
  actions?: ComponentChildren;
  children?: ComponentChildren;
  class?: string;
  /** A press beside it does not close it: something would be lost. */
  steady?: boolean;
  /** There is much to read: the focus begins at the top, not at the button at the end. */
  toRead?: boolean;
}

/** A modal dialog. The browser keeps the focus inside, closes on Escape and gives the focus back. */
export function Dialog({
  title,
  open,
  onClose,
  actions,
  children,
  class: extra = "",
  steady = false,
  toRead = false,
}: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = element.current;
    if (open && !dialog?.open) dialog?.showModal();
    if (!open && dialog?.open) dialog.close();
  }, [open]);
  // A dialog that is taken away gives the focus back as one that is closed; nobody has closed it, though: where its
  // place is drawn anew, as when a phone is turned, it is there again.
  const gone = useRef(false);
  useLayoutEffect(() => {
    const dialog = element.current;
    gone.current = false;
    return () => {
      gone.current = true;
      dialog?.close();
    };
  }, []);
  return (
    // eslint-disable-next-line jsx-a11y-x/click-events-have-key-events, jsx-a11y-x/no-noninteractive-element-interactions -- Escape is the keyboard's way, and the browser's own.
    <dialog
      ref={element}
      class={`dialog ${extra}`}
      aria-labelledby={id}
      // The browser tells it a moment later: what was opened in its place meanwhile is not closed by that.
      onClose={() => open && !gone.current && onClose()}
      // The backdrop is the dialog element itself, outside of its content.
      onClick={(event) =>
        !steady && event.target === element.current && outside(event) && onClose()
      }
    >
      {open && (
        <>
          <h2 class="dialog-title" id={id} {...(toRead ? { tabIndex: -1, autofocus: true } : {})}>
            {title}
          </h2>
          <div class="dialog-body">{children}</div>
          {actions && <div class="dialog-actions">{actions}</div>}
        </>
      )}
    </dialog>
  );
}

function outside(event: MouseEvent): boolean {
  const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
  const { clientX: x, clientY: y } = event;
  return x < box.left || x > box.right || y < box.top || y > box.bottom;
}
