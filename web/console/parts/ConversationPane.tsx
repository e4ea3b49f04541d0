import { BellOff, SearchX, Trash2 } from "lucide";
import { useEffect, useMemo } from "preact/hooks";
import { ApiError, errorText } from "../../shared/api";
import { Button } from "../../shared/components/Button";
import { Icon } from "../../shared/components/Icon";
import { MessageList } from "../../shared/components/MessageList";
import { Skeleton } from "../../shared/components/Skeleton";
import { t } from "../../shared/i18n";
import type { ErrorFrame } from "../../shared/wire";
import { activityText } from "../activity";
import { isAway } from "../again";
import type { Chat } from "../chats";
import type { Desk } from "../desk";
import { codeOf } from "../explain";
import { inPlace, type SaidElsewhere } from "../linked";
import { OpeningFiles } from "../mailed/MailCard";
import { MergedNotice } from "../merging/MergedNotice";
import { type Case, wasChat } from "../model";
import { go, route } from "../route";
import { asShown } from "../sending";
import { BecomeAvailable } from "./BecomeAvailable";
import { ConversationBar } from "./ConversationBar";
import { DeleteMessageDialog, MessageMenu } from "./MessageMenu";
import { ElsewhereRow, elsewhereOf } from "./Elsewhere";
import { type Happening, HappeningRow, happeningsOf } from "./Happenings";
import { ReplyArea } from "./ReplyArea";
import { RequestCard, RequestPane } from "./RequestCard";
import { Unread } from "./Unread";

export function ConversationPane({ desk }: { desk: Desk }) {
  return (
    <main class="pane pane-conversation" aria-label={t("console-conversation")}>
      <Content desk={desk} />
      <DeleteMessageDialog desk={desk} />
    </main>
  );
}

function Content({ desk }: { desk: Desk }) {
  const { caseId } = route.value;
  const item = desk.selected.value;
  const chat = caseId === null ? undefined : desk.chats.open.value.get(caseId);
  if (caseId === null) return null;
  const lost = desk.finding.notFound.value;
  if (!item && lost?.id === caseId) return <NotFound desk={desk} id={caseId} error={lost.error} />;
  if (!item || (wasChat(item) && !chat)) return <ConversationSkeleton />;
  const asides = chat ? [] : asidesOf(desk, item);
  return (
    <>
      <ConversationBar desk={desk} item={item} />
      {chat ? (
        <Messages key={item.id} desk={desk} item={item} chat={chat} />
      ) : (
        <RequestPane
          item={item}
          lines={asides.length}
          subject={desk.received.opening(item.id)?.subject ?? ""}
          files={<OpeningFiles desk={desk} item={item} />}
        >
          {asides.map((aside) => (
            <div key={aside.id} class="row">
              <AsideRow desk={desk} aside={aside} />
            </div>
          ))}
        </RequestPane>
      )}
      {item.merged_into ? (
        <MergedNotice desk={desk} item={item} />
      ) : (
        <ReplyArea desk={desk} item={item} chat={chat} />
      )}
    </>
  );
}

function Messages({ desk, item, chat }: { desk: Desk; item: Case; chat: Chat }) {
  const { conversation } = chat;
  const failure = conversation.failure.value;
  const count = conversation.entries.value.length;
  const visible = desk.visible.value;
  const asides = asidesOf(desk, item);
  // Each further entry is read by being shown.
  useEffect(() => {
    if (visible) chat.markRead();
  }, [chat, visible, count]);
  if (failure) return <Unwatched failure={failure} onRetry={() => reopen(chat)} />;
  if (!conversation.complete.value && count === 0) return <MessageSkeletons />;
  return (
    <MessageList
      conversation={conversation}
      activity={(entry) => activityText(entry, desk.technician.id, item)}
      menu={(entry) => <MessageMenu desk={desk} caseId={item.id} entry={entry} />}
      asides={asides}
      asShown={asShown}
      showAside={(aside) => <AsideRow desk={desk} aside={aside as Happening | SaidElsewhere} />}
    >
      {item.live && !conversation.entries.value.some((entry) => entry.kind === "message") && (
        <p class="no-messages">{t("console-no-messages", { name: item.customer.first_name })}</p>
      )}
      <RequestCard item={item} />
    </MessageList>
  );
}

/** What happened to the case, and what was said in conversations that belong to it. */
function asidesOf(desk: Desk, item: Case): readonly (Happening | SaidElsewhere)[] {
  return inPlace([...happeningsOf(desk, item), ...elsewhereOf(desk, item)]);
}

function AsideRow({ desk, aside }: { desk: Desk; aside: Happening | SaidElsewhere }) {
  if ("of" in aside) return <ElsewhereRow said={aside} />;
  return <HappeningRow desk={desk} entry={aside.entry} />;
}

function reopen(chat: Chat): void {
  chat.conversation.close();
  chat.conversation.open();
}

/** What waits is hidden from who is not available: its address leads nowhere then, and says why. */
function Hidden({ desk }: { desk: Desk }) {
  return (
    <div class="empty empty-pane">
      <Icon of={BellOff} />
      <h2 class="empty-title">{t("console-hidden-case")}</h2>
      <p>{t("console-hidden-case-text")}</p>
      <p class="empty-actions">
        <BecomeAvailable desk={desk} kind="secondary" />
        <Button onClick={() => go({ caseId: null })}>{t("console-back-to-list")}</Button>
      </p>
    </div>
  );
}

/** An administrator deleted the case while it was looked at. */
function Deleted() {
  return (
    <div class="empty empty-pane" role="alert">
      <Icon of={Trash2} />
      <h2 class="empty-title">{t("console-deleted-title")}</h2>
      <p>{t("console-deleted-text")}</p>
      <p class="empty-actions">
        <Button onClick={() => go({ caseId: null })}>{t("console-back-to-list")}</Button>
      </p>
    </div>
  );
}

function NotFound({ desk, id, error }: { desk: Desk; id: string; error: unknown }) {
  const code = codeOf(error);
  const retry = () => void desk.finding.find(id);
  if (isAway(error))
    return (
      <div class="empty empty-pane">
        <Unread error={error} onRetry={retry} />
      </div>
    );
  if (code === "conversation_deleted") return <Deleted />;
  if (code === "case_unknown" && !desk.store.incoming.value) return <Hidden desk={desk} />;
  return (
    <div class="empty empty-pane" role="alert">
      <Icon of={SearchX} />
      <h2 class="empty-title">{t("console-case-missing")}</h2>
      <p>
        {errorText(code)} <small class="code">{code}</small>
      </p>
      <p class="empty-actions">
        <Button onClick={retry}>{t("try-again")}</Button>
        <Button onClick={() => go({ caseId: null })}>{t("console-back-to-list")}</Button>
      </p>
    </div>
  );
}

/** Why nothing is heard of the conversation: the relay has said so for good. */
function Unwatched({ failure, onRetry }: { failure: ErrorFrame; onRetry: () => void }) {
  const error = useMemo(() => new ApiError(failure.code, 0, failure.params), [failure]);
  return (
    <div class="empty empty-pane">
      <Unread error={error} asked onRetry={onRetry} />
    </div>
  );
}

function ConversationSkeleton() {
  return (
    <>
      <div class="pane-bar">
        <Skeleton width="160px" height="14px" />
      </div>
      <MessageSkeletons />
    </>
  );
}

function MessageSkeletons() {
  return (
    <div class="message-skeletons">
      <Skeleton width="46%" height="38px" />
      <Skeleton width="62%" height="56px" />
      <Skeleton width="40%" height="38px" />
    </div>
  );
}
