import { Split } from "lucide";
import { Icon } from "../../shared/components/Icon";
import { Text } from "../../shared/components/Text";
import { Time } from "../../shared/components/Time";
import { deletedText, speakerOf } from "../../shared/components/bot";
import { t } from "../../shared/i18n";
import type { Entry } from "../../shared/wire";
import type { Desk } from "../desk";
import { saidElsewhere, type SaidElsewhere } from "../linked";
import { type Case, customerName, questionOf, wasChat } from "../model";
import { route } from "../route";
import { PlaceLink } from "./PlaceLink";

/** What was said in conversations that belong to this case, for a place among its own entries. */
export function elsewhereOf(desk: Desk, item: Case): readonly SaidElsewhere[] {
  const chats = desk.chats.open.value;
  const here = chats.get(item.id)?.conversation.entries.value ?? [];
  return desk.linked.value.flatMap((of) => {
    const there = wasChat(of) ? chats.get(of.id)?.conversation.entries.value : asked(of);
    if (!there) return [];
    return saidElsewhere(of, there, here, of.id === item.refers_to ? item.refers_from : null);
  });
}

/** What never was a chat has its question instead of a conversation. */
function asked(of: Case): readonly Entry[] {
  const text = questionOf(of);
  if (text === null) return [];
  const author = { kind: "customer" as const, id: null, name: customerName(of) };
  const time = of.requested_at ?? of.created_at;
  return [{ id: `${of.id}-asked`, seq: 0, time, kind: "message", author, late: false, text }];
}

/** A message of another conversation: under the number of its case, so that nobody takes it for one of this. */
export function ElsewhereRow({ said }: { said: SaidElsewhere }) {
  const { entry, of } = said;
  const name = speakerOf(entry.author);
  const { list } = route.value;
  return (
    <article
      class="elsewhere"
      aria-label={t("elsewhere-label", { number: String(of.number), name })}
    >
      <header class="elsewhere-head">
        <Icon of={Split} />
        <PlaceLink to={{ page: "cases", list, caseId: of.id }}>#{of.number}</PlaceLink>
        <span dir="auto">{name}</span>
        <Time at={entry.time} />
      </header>
      <p class="elsewhere-text" dir="auto">
        {entry.deleted ? deletedText(entry.deleted.by, false) : <Text text={entry.text ?? ""} />}
      </p>
    </article>
  );
}
