/** Everything that a technician sees at this moment, as data: what the components of the console would show. */
import { batch } from "@preact/signals";
import type { Desk } from "../../console/desk";
import { type Case, LISTS } from "../../console/model";
import { isPlain } from "../../console/cases/place";
import { route } from "../../console/route";
import type { ListStatus } from "../../console/cases/store";

export function seenAt(desk: Desk) {
  return batch(() => {
    const { store } = desk;
    const { view } = route.peek();
    return {
      online: desk.socket.state.peek() === "online",
      busy:
        store.pending.peek().size > 0 ||
        // What was refused waits for whoever wrote it.
        desk.socket.outbox.items.peek().some(({ refused }) => !refused),
      lists: Object.fromEntries(
        LISTS.map((name) => [name, listed(store.statuses[name].peek(), store.rows[name].peek())]),
      ),
      counts: store.counts.peek(),
      narrowed: isPlain(view)
        ? null
        : listed(desk.narrowed.status.peek(), desk.narrowed.rows.peek()),
      saved: Object.fromEntries(desk.saved.all.peek().map(({ id, count }) => [id, count])),
      open: opened(desk),
      followed: [...desk.chats.open.peek().keys()],
      unread: Object.fromEntries(store.rows.mine.peek().map(({ id }) => [id, desk.unreadOf(id)])),
    };
  });
}

function listed({ phase, next, floor }: ListStatus, rows: readonly Case[]) {
  return { phase, whole: next === null, floor: floor?.id ?? null, rows };
}

/** The case on screen: its details, what happened to it, and its conversation. */
function opened(desk: Desk) {
  const item = desk.selected.peek();
  if (!item) return null;
  const chat = desk.chats.open.peek().get(item.id);
  return {
    case: item,
    happened: desk.timeline.entries.peek().map(({ id }) => id),
    said: chat?.conversation.entries.peek().map(({ id }) => id) ?? null,
  };
}
