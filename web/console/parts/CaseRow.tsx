import { AlarmClock, CircleCheck, Hourglass, type IconNode, UserRound } from "lucide";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import { formatClock, formatDate, formatFull, now } from "../../shared/time";
import type { Onlooker } from "../../shared/wire";
import { type Case, type CaseState, customerName, isQuiet, isWaiting } from "../model";
import { CaseSigns } from "./CaseSigns";
import { CaseTime, formatAge } from "./CaseTime";
import { CaseType, typeSign } from "./CaseType";
import { Onlookers } from "./Onlookers";
import { SlaBadge } from "./SlaBadge";

interface CaseRowProps {
  item: Case;
  href: string;
  selected: boolean;
  tabStop: boolean;
  unread: number;
  /** Whose row it is goes without saying in a list of one's own. */
  showHolder: boolean;
  me: string;
  /** Colleagues who are at it at this moment. */
  others: readonly Onlooker[];
  onOpen: () => void;
  onFocus: () => void;
}

/** Who and when; type and preview; number, portal and who has it. A link, so that it opens in a tab of its own too. */
export function CaseRow({
  item,
  href,
  selected,
  tabStop,
  unread,
  showHolder,
  me,
  others,
  onOpen,
  onFocus,
}: CaseRowProps) {
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onOpen();
  };
  return (
    <a
      class="case-row"
      href={href}
      data-case={item.id}
      data-strong={!isQuiet(item) && (unread > 0 || isWaiting(item))}
      aria-current={selected ? "true" : undefined}
      tabIndex={tabStop ? 0 : -1}
      onClick={open}
      onFocus={onFocus}
    >
      <span class="row-sign" data-live={item.live}>
        <Icon of={typeSign(item)} />
      </span>
      <span class="case-who" dir="auto">
        {customerName(item)}
      </span>
      <CaseTime item={item} class="case-time" />
      <span class="case-about">
        <CaseType item={item} />
        <span class="case-preview" dir="auto">
          {item.preview || t("console-no-preview")}
        </span>
        <Onlookers people={others} />
        {unread > 0 && <UnreadBadge count={unread} />}
      </span>
      <span class="case-about case-meta">
        <span class="case-number">#{item.number}</span>
        <CaseSigns item={item} />
        <SlaBadge item={item} />
        <span class="case-portal">
          <span>{item.portal.address}</span>
        </span>
        {!item.live && <Submitted at={item.created_at} />}
        {isUnanswered(item, me) && <Unanswered item={item} />}
        {(showHolder || item.state === "snoozed") && <Holder item={item} me={me} />}
      </span>
    </a>
  );
}

/** Whether the customer of a case of mine waits for my answer (X31). */
export function isUnanswered(item: Case, me: string): boolean {
  return item.waiting_since !== null && item.state === "assigned" && item.assignee?.id === me;
}

/** How long the customer has waited for an answer: the part of it that renders each second. */
function Unanswered({ item }: { item: Case }) {
  const since = item.waiting_since ?? item.created_at;
  const title = t("console-unanswered-since", { since: formatFull(since) });
  return (
    <time class="case-unanswered" dateTime={since} role="timer" aria-live="off" title={title}>
      <Icon of={Hourglass} />
      <span class="visually-hidden">{t("console-unanswered")} </span>
      {formatAge(Math.max(0, now.value - Date.parse(since)))}
    </time>
  );
}

/** When a case came that no clock runs on: the hour today, the date before. */
function Submitted({ at }: { at: string }) {
  const today = new Date(at).toDateString() === new Date(now.peek()).toDateString();
  return (
    <span class="case-submitted">
      <time dateTime={at}>{today ? formatClock(at) : formatDate(at)}</time>
    </span>
  );
}

function UnreadBadge({ count }: { count: number }) {
  return (
    <span class="unread-badge">
      <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
      <span class="visually-hidden">{t("console-unread", { count })}</span>
    </span>
  );
}

const HOLDER_SIGNS: Readonly<Record<Exclude<CaseState, "unassigned">, IconNode>> = {
  pending: Hourglass,
  assigned: UserRound,
  snoozed: AlarmClock,
  resolved: CircleCheck,
};

/** Who has it, or why nobody can be said to. */
function Holder({ item, me }: { item: Case; me: string }) {
  if (item.state === "unassigned") return null;
  const who = item.assignee?.id === me ? t("console-you") : (item.assignee?.name ?? "");
  return (
    <span class="case-holder" data-state={item.state}>
      <Icon of={HOLDER_SIGNS[item.state]} />
      <span>{item.state === "assigned" ? who : t(`console-state-${item.state}`)}</span>
    </span>
  );
}
