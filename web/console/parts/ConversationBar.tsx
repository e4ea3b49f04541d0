import { ArrowLeft, LogOut, MonitorSmartphone, PanelRight } from "lucide";
import { Button, IconButton } from "../../shared/components/Button";
import { t } from "../../shared/i18n";
import type { Desk } from "../desk";
import { layout } from "../layout";
import { type Case, customerName, wasChat } from "../model";
import { close, open, opened } from "../opened";
import { question } from "../press";
import { go, route } from "../route";
import { CaseTime } from "./CaseTime";
import { CaseType } from "./CaseType";
import { DeviceDialog } from "./DeviceDialog";
import { Onlookers, OnlookersTyping } from "./Onlookers";

/** Who one is talking to, and what can be done with the conversation as such. */
export function ConversationBar({ desk, item }: { desk: Desk; item: Case }) {
  const others = desk.presence.othersAt(item.id);
  // Also while it is put off: the chat goes on until somebody leaves it.
  const mine = item.assignee?.id === desk.technician.id;
  const leave = () => {
    question.value = { what: "leave", item };
  };
  return (
    <header class="pane-bar">
      {layout.value === "narrow" && (
        <IconButton
          icon={ArrowLeft}
          label={t("console-back-to-list")}
          onClick={() => go({ caseId: null })}
        />
      )}
      <div class="bar-title">
        <h2 dir="auto">{customerName(item)}</h2>
        <p class="bar-facts">
          <span class="case-number">#{item.number}</span>
          <CaseType item={item} />
          <CaseTime item={item} class="case-time" />
        </p>
      </div>
      <OnlookersTyping people={others} />
      <Onlookers people={others} />
      {wasChat(item) && (
        <IconButton
          icon={MonitorSmartphone}
          label={t("console-device")}
          aria-haspopup="dialog"
          onClick={() => open("device")}
        />
      )}
      {item.live && mine && (
        <Button kind="quiet" icon={LogOut} class="leave-button" onClick={leave}>
          {t("console-leave")}
        </Button>
      )}
      {layout.value !== "wide" && <DetailsToggle />}
      <DeviceDialog desk={desk} item={item} open={opened.value === "device"} onClose={close} />
    </header>
  );
}

function DetailsToggle() {
  const { details } = route.value;
  return (
    <IconButton
      icon={PanelRight}
      label={t("console-details")}
      aria-expanded={details}
      onClick={() => go({ details: !details }, { replace: layout.value === "medium" })}
    />
  );
}
