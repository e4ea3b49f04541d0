import { CircleAlert, CircleCheck, CircleHelp, Download, type IconNode, Mail } from "lucide";
import { useEffect, useMemo } from "preact/hooks";
import { Button } from "../shared/components/Button";
import { FailureBanner } from "../shared/components/FailureBanner";
import { Icon } from "../shared/components/Icon";
import type { MailView } from "../shared/generated/rest";
import { t } from "../shared/i18n";
import { isSettled, TRANSCRIPT_FORMS } from "../shared/transcripts";
import type { Chat } from "./chat";
import { Copies } from "./copies";

interface CopiesCardProps {
  chat: Chat;
  /** Where a mail goes; empty where it can go nowhere. */
  email: string;
}

/** The chat to take along: as a file, or as a mail. */
export function CopiesCard({ chat, email }: CopiesCardProps) {
  const copies = useCopies(chat);
  return (
    <div class="panel copies">
      <Downloads copies={copies} />
      {email && <Transcript copies={copies} email={email} />}
    </div>
  );
}

function useCopies({ visit, conversation, tokens }: Chat): Copies {
  const copies = useMemo(() => {
    const through = () => conversation.entries.peek().at(-1)?.seq ?? 0;
    return new Copies(visit.conversation_id, through, tokens);
  }, [visit, conversation, tokens]);
  useEffect(() => () => copies.stop(), [copies]);
  return copies;
}

function Downloads({ copies }: { copies: Copies }) {
  return (
    <>
      <div class="copies-row" role="group" aria-labelledby="copies-download">
        <h3 id="copies-download">{t("copies-download")}</h3>
        <div class="copies-forms">
          {TRANSCRIPT_FORMS.map((form) => (
            <Button
              key={form}
              icon={Download}
              busy={copies.form.value === form}
              onClick={() => void copies.save(form)}
            >
              {t(`copies-form-${form}`)}
            </Button>
          ))}
        </div>
      </div>
      <FailureBanner failure={copies.saving.failure.value} />
    </>
  );
}

function Transcript({ copies, email }: { copies: Copies; email: string }) {
  const progress = copies.progress.value;
  const busy = copies.asking.busy.value;
  return (
    <>
      {progress && <Progress {...progress} email={email} />}
      <FailureBanner failure={copies.asking.failure.value} />
      {(!progress || isSettled(progress)) && (
        <Button icon={Mail} busy={busy} onClick={() => void copies.request()}>
          {t(labelOf(busy, progress?.state))}
        </Button>
      )}
    </>
  );
}

function labelOf(busy: boolean, state: MailView["state"] | undefined): string {
  if (busy) return "copies-requesting";
  return state ? "copies-request-again" : "copies-request";
}

const SIGNS: Record<MailView["state"], IconNode> = {
  requested: Mail,
  sending: Mail,
  waiting: Mail,
  accepted: CircleCheck,
  failed: CircleAlert,
  unknown: CircleHelp,
};

interface ProgressProps {
  state: MailView["state"];
  reason: string;
  email: string;
}

function Progress({ state, reason, email }: ProgressProps) {
  return (
    <p class={`progress progress-${state}`} role="status">
      <Icon of={SIGNS[state]} />
      <span>
        {t(`copies-mail-${state}`, { email })}
        {state !== "accepted" && reason && <small class="banner-code">{reason}</small>}
      </span>
    </p>
  );
}
