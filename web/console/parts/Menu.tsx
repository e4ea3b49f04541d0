import { Check, type IconNode } from "lucide";
import { type ComponentChildren, createContext } from "preact";
import {
  useCallback,
  useContext,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "preact/hooks";
import { Icon } from "../../shared/components/Icon";

interface MenuProps {
  /** The accessible name of the button, and what the button shows. */
  label: string;
  button: ComponentChildren;
  buttonClass?: string;
  align?: "start" | "end";
  /** A selector of the box that the list must not leave: it opens to whichever side has room there. */
  within?: string;
  /** Whether it is open as soon as it is there. */
  opened?: boolean;
  onClose?: () => void;
  children: ComponentChildren;
}

const CloseMenu = createContext<() => void>(() => undefined);
const STEP: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
/** Pixels between a list and the side of the box that it is kept in. */
const EDGE = 6;
/** Less of a list than this, in pixels, is no use. */
const LOWEST = 96;

function itemsOf(menu: HTMLElement | null): HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
}

function focusNext(menu: HTMLElement | null, key: string): boolean {
  const items = itemsOf(menu);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const step = STEP[key];
  let to = key === "Home" ? 0 : key === "End" ? items.length - 1 : -1;
  if (step) to = (at + step + items.length) % items.length;
  items[to]?.focus();
  return to >= 0;
}

/** A button with a menu under it, with the keys of the ARIA menu button pattern; focus returns to the button. */
export function Menu({
  label,
  button,
  buttonClass = "",
  align = "end",
  within,
  opened = false,
  onClose,
  children,
}: MenuProps) {
  const [open, setOpenState] = useState(opened);
  const setOpen = (next: boolean) => {
    setOpenState(next);
    if (!next && open) onClose?.();
  };
  const root = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const close = () => {
    setOpen(false);
    trigger.current?.focus();
  };
  useOutside(
    root,
    open,
    // eslint-disable-next-line react-hooks/exhaustive-deps -- it says so to whoever wants to know now
    useCallback(() => setOpen(false), [open, onClose]),
  );
  useRoom(list, open, align, within);
  useHeight(list, open);
  useEffect(() => {
    if (open)
      (
        list.current?.querySelector<HTMLElement>('[aria-checked="true"]') ??
        itemsOf(list.current)[0]
      )?.focus();
  }, [open]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open && STEP[event.key]) setOpen(true);
    else if (!open) return;
    else if (event.key === "Escape") close();
    else if (event.key === "Tab") {
      setOpen(false);
      return;
    } else if (!focusNext(list.current, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // eslint-disable-next-line jsx-a11y-x/no-static-element-interactions -- it hears the keys of the button and the items in it.
    <div class="menu" ref={root} onKeyDown={onKeyDown}>
      <button
        ref={trigger}
        type="button"
        class={`menu-button ${buttonClass}`}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={label}
        title={label}
        onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      {open && (
        <div class={`menu-list menu-${align}`} role="menu" id={id} aria-label={label} ref={list}>
          <CloseMenu.Provider value={close}>{children}</CloseMenu.Provider>
        </div>
      )}
    </div>
  );
}

/** A list that is longer than what is left of a low window scrolls: magnified, most windows are low. */
function useHeight(list: { current: HTMLElement | null }, open: boolean): void {
  useLayoutEffect(() => {
    if (!open) return;
    const fit = () => {
      if (!list.current) return;
      list.current.style.maxHeight = "";
      const { top, bottom } = list.current.getBoundingClientRect();
      const room = top < EDGE ? bottom - EDGE : innerHeight - top - EDGE;
      if (bottom - top > room) list.current.style.maxHeight = `${Math.max(room, LOWEST)}px`;
    };
    fit();
    addEventListener("resize", fit);
    return () => removeEventListener("resize", fit);
  }, [list, open]);
}

/** Turns or moves a list that would leave its box, before it is painted. */
function useRoom(
  list: { current: HTMLElement | null },
  open: boolean,
  align: "start" | "end",
  within?: string,
): void {
  useLayoutEffect(() => {
    const box = within && list.current?.closest(within)?.getBoundingClientRect();
    if (!open || !list.current || !box) return;
    const { classList } = list.current;
    const { bottom, left, right } = list.current.getBoundingClientRect();
    classList.toggle("menu-up", bottom > box.bottom);
    if (align === "start") {
      // Moved as far as needed: neither side need have room for all of it beside the button.
      const over = Math.max(0, right - box.right + EDGE);
      list.current.style.translate = `${Math.max(box.left - left + EDGE, -over)}px`;
      return;
    }
    classList.toggle("menu-start", left < box.left);
    classList.toggle("menu-end", left >= box.left);
  }, [list, open, align, within]);
}

function useOutside(root: { current: HTMLElement | null }, open: boolean, leave: () => void): void {
  useEffect(() => {
    if (!open) return;
    const onDown = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) leave();
    };
    document.addEventListener("pointerdown", onDown);
    return () => document.removeEventListener("pointerdown", onDown);
  }, [root, open, leave]);
}

interface MenuItemProps {
  /** Undefined: a plain command; otherwise one of a group of which one is on, or a switch of its own. */
  checked?: boolean;
  kind?: "radio" | "checkbox";
  disabled?: boolean;
  icon?: IconNode;
  onSelect: () => void;
  children: ComponentChildren;
}

/** An item; a switch leaves the menu open, so that its new state is seen. */
export function MenuItem({
  checked,
  kind = "radio",
  disabled = false,
  icon,
  onSelect,
  children,
}: MenuItemProps) {
  const close = useContext(CloseMenu);
  const role =
    checked === undefined ? "menuitem" : kind === "radio" ? "menuitemradio" : "menuitemcheckbox";
  const choose = () => {
    if (disabled) return;
    if (role !== "menuitemcheckbox") close();
    onSelect();
  };
  return (
    <button
      type="button"
      class="menu-item"
      role={role}
      aria-checked={checked}
      aria-disabled={disabled || undefined}
      tabIndex={-1}
      onClick={choose}
    >
      <span class="menu-sign">{checked ? <Icon of={Check} /> : icon && <Icon of={icon} />}</span>
      <span>{children}</span>
    </button>
  );
}

interface MenuGroupProps {
  label: string;
  /** Whether the label is seen; a line alone separates where the items say it all. */
  quiet?: boolean;
  children: ComponentChildren;
}

export function MenuGroup({ label, quiet = false, children }: MenuGroupProps) {
  const id = useId();
  return (
    <div class="menu-group" role="group" aria-labelledby={id}>
      <div class={quiet ? "visually-hidden" : "menu-heading"} id={id}>
        {label}
      </div>
      {children}
    </div>
  );
}
