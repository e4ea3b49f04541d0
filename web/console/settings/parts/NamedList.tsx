import { type IconNode, Pencil, Plus, Trash2 } from "lucide";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Button, IconButton } from "../../../shared/components/Button";
import { Icon } from "../../../shared/components/Icon";
import { t } from "../../../shared/i18n";
import { route } from "../../route";
import { addWanted } from "../adding";
import type { Collection } from "../collection";
import { Unread } from "../../parts/Unread";
import { ListSkeleton } from "./Skeletons";

interface NamedListProps<T extends { id: string }> {
  /** What the list is called for screen readers. */
  label: string;
  collection: Collection<T>;
  nameOf: (item: T) => string;
  /** A sign before the name, such as the colour of a label. */
  sign?: (item: T) => ComponentChildren;
  /** What is worth knowing besides the name; one short line. */
  facts?: (item: T) => ComponentChildren;
  /** What can be done right in the row, such as a switch. */
  controls?: (item: T) => ComponentChildren;
  onEdit?: (item: T) => void;
  /** Whether it can be edited by whoever looks. */
  editable?: (item: T) => boolean;
  /** Whether it can be deleted: things that belong to the system stay. */
  removable?: (item: T) => boolean;
  /** What the place says before there is anything: what it is good for and what to do first. */
  empty: { icon: IconNode; title: string; text: string; action?: ComponentChildren };
}

/** The list half of a list with an editor; deleting is undone from the toast. */
export function NamedList<T extends { id: string }>(props: NamedListProps<T>) {
  const { collection, empty } = props;
  const items = collection.items.value;
  useEffect(() => {
    void collection.load();
    const leave = () => void collection.flush();
    addEventListener("pagehide", leave);
    return () => {
      removeEventListener("pagehide", leave);
      leave();
    };
  }, [collection]);
  const failure = collection.failure.value;
  if (failure && !items) return <Unread error={failure} onRetry={() => void collection.load()} />;
  if (!items) return <ListSkeleton />;
  if (items.length === 0)
    return (
      <div class="empty settings-empty">
        <Icon of={empty.icon} />
        <h3 class="empty-title">{empty.title}</h3>
        <p>{empty.text}</p>
        {empty.action && <p class="empty-actions">{empty.action}</p>}
      </div>
    );
  return <Rows {...props} items={items} />;
}

function Rows<T extends { id: string }>(props: NamedListProps<T> & { items: readonly T[] }) {
  const { items, label, collection, removable = () => true, editable = () => true } = props;
  const list = useRef<HTMLUListElement>(null);
  const restored = collection.restored.value;
  // The focus was on Undo, which is gone: it goes to what has come back.
  useEffect(() => {
    if (restored === null) return;
    list.current
      ?.querySelector<HTMLElement>(`[data-row="${restored}"] button:not(:disabled)`)
      ?.focus();
  }, [restored]);
  const remove = (item: T) => {
    const at = items.indexOf(item);
    collection.remove(item);
    // The focus was on a button that is gone: it goes to what has taken its place.
    requestAnimationFrame(() => {
      const left = list.current?.querySelectorAll<HTMLElement>("[data-row-focus]");
      left?.[Math.min(at, left.length - 1)]?.focus();
    });
  };
  return (
    <ul class="named-list" aria-label={label} ref={list}>
      {items.map((item) => (
        <li key={item.id} class="named-row" data-row={item.id}>
          {props.sign?.(item)}
          <div class="named-words">
            <span class="named-name" dir="auto">
              {props.nameOf(item)}
            </span>
            {props.facts && <span class="named-facts">{props.facts(item)}</span>}
          </div>
          {props.controls?.(item)}
          {props.onEdit && editable(item) && (
            <IconButton
              icon={Pencil}
              data-row-focus
              label={t("settings-edit-named", { name: props.nameOf(item) })}
              onClick={() => props.onEdit?.(item)}
            />
          )}
          {removable(item) && (
            <IconButton
              icon={Trash2}
              label={t("settings-delete-named", { name: props.nameOf(item) })}
              onClick={() => remove(item)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

/** The button that begins a new one. */
export function AddButton({ children, onClick }: { children: string; onClick: () => void }) {
  const wanted = addWanted.value !== null && addWanted.value === route.value.place;
  useEffect(() => {
    if (!wanted) return;
    addWanted.value = null;
    onClick();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- pressed once
  }, [wanted]);
  return (
    <Button kind="primary" icon={Plus} onClick={onClick}>
      {children}
    </Button>
  );
}
