import { ArrowLeft, X } from "lucide";
import type { ComponentChildren } from "preact";
import { Button, IconButton } from "../../shared/components/Button";
import { Text } from "../../shared/components/Text";
import { Time } from "../../shared/components/Time";
import { t } from "../../shared/i18n";
import { formatFull } from "../../shared/time";
import { actionFor } from "../cases/pending";
import { ContactLine, ContactLink, PreviousSection } from "../contact/ContactSection";
import type { Desk } from "../desk";
import { DETAILS_WIDTH, detailsWidth, layout } from "../layout";
import { type Case, customerName, wasChat } from "../model";
import { Relations } from "../merging/MergedNotice";
import { press } from "../press";
import { go } from "../route";
import { AssigneeMenu } from "./AssigneeMenu";
import { AlertSection } from "./CaseAlerts";
import { CaseLabels } from "./CaseLabels";
import { MailSection, useMails } from "./CaseMails";
import { CaseMore } from "./CaseMore";
import { QuietNote } from "./QuietNote";
import { CaseSigns, Priority, snoozedText } from "./CaseSigns";
import { formatAge } from "./CaseTime";
import { DeleteButton, DeleteConfirmation } from "./DeleteCase";
import { HistorySection } from "./HistorySection";
import { FollowUpState } from "./FollowUpState";
import { EmailLink } from "./RequestCard";
import { Separator } from "./Separator";
import { SlaFacts } from "./SlaBadge";
import { SnoozeMenu } from "./SnoozeMenu";
import { StateMenu } from "./StateMenu";
import { SurveyAnswer } from "./SurveyAnswer";
import { FurtherActions } from "./FurtherActions";
import { TranscriptSection } from "./TranscriptSection";

export function DetailsPane({ desk, item }: { desk: Desk; item: Case }) {
  // Alone on the screen, it is what the page is about.
  const Pane = layout.value === "narrow" ? "main" : "aside";
  const mails = useMails(desk, item);
  return (
    <Pane class="pane pane-details" aria-label={t("console-details")}>
      {layout.value === "wide" && (
        <Separator
          label={t("console-resize-details")}
          sizes="after"
          value={detailsWidth.value}
          min={DETAILS_WIDTH.min}
          max={DETAILS_WIDTH.max}
          onChange={(width) => {
            detailsWidth.value = width;
          }}
        />
      )}
      <Head desk={desk} item={item} />
      <DeleteConfirmation desk={desk} item={item} />
      <div class="pane-scroll details-body" key={item.id}>
        <QuietNote desk={desk} item={item} />
        <CaseFacts desk={desk} item={item} />
        <Relations desk={desk} item={item} />
        <CaseLabels desk={desk} item={item} />
        <SurveyAnswer item={item} />
        <CustomerFacts desk={desk} item={item} />
        <Problem item={item} />
        <TranscriptSection desk={desk} item={item} mails={mails} />
        <MailSection mails={mails} />
        <PreviousSection desk={desk} item={item} />
        <AlertSection desk={desk} item={item} />
        <HistorySection desk={desk} item={item} mails={mails.found.value} />
      </div>
      {!item.merged_into && <Actions desk={desk} item={item} />}
    </Pane>
  );
}

function Head({ desk, item }: { desk: Desk; item: Case }) {
  const back = () => go({ details: false }, { replace: layout.peek() === "medium" });
  return (
    <header class="pane-bar">
      {layout.value === "narrow" && (
        <IconButton icon={ArrowLeft} label={t("console-back-to-conversation")} onClick={back} />
      )}
      <h2 class="details-title">
        {t("console-case-title", { number: String(item.number) })}
        {item.title && (
          <span class="details-name" dir="auto">
            {item.title}
          </span>
        )}
      </h2>
      <CaseSigns item={item} />
      <DeleteButton desk={desk} item={item} />
      <CaseMore desk={desk} item={item} />
      {layout.value === "medium" && <IconButton icon={X} label={t("close")} onClick={back} />}
    </header>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{t(name)}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function CaseFacts({ desk, item }: { desk: Desk; item: Case }) {
  return (
    <dl class="facts">
      <Fact name="console-status">
        <StateMenu desk={desk} item={item} />
      </Fact>
      <Fact name="console-assignee">
        <AssigneeMenu desk={desk} item={item} />
      </Fact>
      {item.priority !== "normal" && (
        <Fact name="console-priority">
          <Priority of={item.priority} />
        </Fact>
      )}
      {item.state === "snoozed" && <Fact name="console-snoozed">{snoozedText(item)}</Fact>}
      {item.sla && (
        <Fact name="console-sla">
          <SlaFacts item={item} />
        </Fact>
      )}
      {!item.live && (
        <Fact name="filter-follow-up">
          <FollowUpState item={item} />
        </Fact>
      )}
      <Fact name="console-created">
        <time dateTime={item.created_at}>{formatFull(item.created_at)}</time>
      </Fact>
      {item.type === "request" && wasChat(item) && item.requested_at && (
        <Requested created={item.created_at} at={item.requested_at} />
      )}
    </dl>
  );
}

/** When a chat became a request, and how long its customer had waited by then. */
function Requested({ created, at }: { created: string; at: string }) {
  const waited = formatAge(Date.parse(at) - Date.parse(created));
  return (
    <Fact name="console-requested">
      <time dateTime={at}>{formatFull(at)}</time>
      <span class="fact-note">{t("console-requested-after", { waited })}</span>
    </Fact>
  );
}

function CustomerFacts({ desk, item }: { desk: Desk; item: Case }) {
  const { first_name, last_name } = item.customer;
  return (
    <section aria-label={t("console-customer")}>
      <div class="details-head">
        <h3 class="details-heading">{t("console-customer")}</h3>
        <ContactLink item={item} />
      </div>
      <dl class="facts">
        <Fact name="console-first-name">{first_name}</Fact>
        <Fact name="console-last-name">{last_name}</Fact>
        <Fact name="console-email">
          <EmailLink item={item} />
        </Fact>
        <Fact name="console-portal">{item.portal.address}</Fact>
      </dl>
      <ContactLine desk={desk} item={item} />
    </section>
  );
}

function Problem({ item }: { item: Case }) {
  return (
    <section aria-label={t("console-problem")}>
      <h3 class="details-heading">{t("console-problem")}</h3>
      {item.problem.length === 0 && <p class="details-none">{t("console-no-preview")}</p>}
      <ol class="problem">
        {item.problem.map((part) => (
          <li key={`${part.time}${part.text}`}>
            <p class="problem-text" dir="auto">
              <Text text={part.text} />
            </p>
            <Time at={part.time} as="clock" />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Actions({ desk, item }: { desk: Desk; item: Case }) {
  const action = actionFor(item);
  const busy = desk.store.pending.value.has(item.id);
  const mine = item.assignee?.id === desk.technician.id;
  const kind = action === "assign" || (action === "resolve" && mine) ? "primary" : "secondary";
  // The second click of a double click would press the next action, which stands in the same place by then.
  const once = (event: MouseEvent) => event.detail <= 1 && press(desk, item, action);
  return (
    <footer class="details-actions">
      <Button kind={kind} busy={busy} onClick={once} aria-describedby="case-about">
        {t(`console-action-${action}`)}
      </Button>
      {item.state !== "resolved" && <SnoozeMenu desk={desk} item={item} />}
      <FurtherActions desk={desk} item={item} />
      <span class="visually-hidden" id="case-about">
        {customerName(item)} #{item.number}
      </span>
    </footer>
  );
}
