import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { Button } from "../../shared/components/Button";
import { Dialog } from "../../shared/components/Dialog";
import { t } from "../../shared/i18n";
import { mailTranscript, MailWatch } from "../../shared/transcripts";
import type { Desk } from "../desk";
import type { Case } from "../model";
import { TranscriptForm } from "../transcript";
import { TranscriptFields } from "./TranscriptFields";
import { MailProgress } from "./MailProgress";

interface TranscriptDialogProps {
  desk: Desk;
  item: Case;
  open: boolean;
  onClose: () => void;
  /** There is one more mail about the case. */
  onSent: () => void;
}

/** Asks to whom, and then follows the mail: it is sent once the mail server has accepted it (S60). */
export function TranscriptDialog({ desk, item, open, onClose, onSent }: TranscriptDialogProps) {
  const { form, watch } = useSending(desk, item.id, open);
  /** To whom the mail under way goes, as the form named them; null while the form is shown. */
  const recipient = useSignal<string | null>(null);
  useEffect(() => {
    if (!open) return;
    recipient.value = null;
    form.reset(item);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a case that changes meanwhile empties no form
  }, [open, form]);
  const submit = async () => {
    const mailId = await form.submit();
    if (mailId === null) return;
    recipient.value = nameOf(item, form);
    watch.follow(mailId);
    onSent();
  };
  const again = () => {
    form.renew();
    recipient.value = null;
    watch.stop();
  };
  const sending = recipient.value !== null;
  const actions = sending ? (
    <Afterwards watch={watch} onAgain={again} onClose={onClose} />
  ) : (
    <>
      <Button onClick={onClose}>{t("cancel")}</Button>
      <Button kind="primary" busy={form.busy.value} onClick={() => void submit()}>
        {t("console-send-transcript")}
      </Button>
    </>
  );
  return (
    <Dialog title={t("console-send-transcript")} open={open} onClose={onClose} actions={actions}>
      {recipient.value !== null ? (
        <MailProgress mail={watch.mail.value} recipient={recipient.value} />
      ) : (
        <TranscriptFields form={form} item={item} onSubmit={() => void submit()} />
      )}
    </Dialog>
  );
}

/** One form and one watch for a case; nothing is followed behind a closed dialog. */
function useSending(desk: Desk, id: string, open: boolean) {
  const parts = useMemo(() => {
    const seen = () => desk.chats.seenOf(id);
    const form = new TranscriptForm((order) => mailTranscript(id, order, seen(), desk.token));
    return { form, watch: new MailWatch(desk.token) };
  }, [desk, id]);
  useEffect(() => (open ? () => parts.watch.stop() : undefined), [parts, open]);
  return parts;
}

function nameOf(item: Case, form: TranscriptForm): string {
  const to = form.to.peek();
  if (to === "assignee") return item.assignee?.name ?? "";
  return to === "customer" ? item.customer.email : form.address.peek().trim();
}

interface AfterwardsProps {
  watch: MailWatch;
  onAgain: () => void;
  onClose: () => void;
}

function Afterwards({ watch, onAgain, onClose }: AfterwardsProps) {
  const state = watch.mail.value?.state;
  return (
    <>
      {(state === "failed" || state === "unknown") && (
        <Button onClick={onAgain}>{t("console-send-again")}</Button>
      )}
      <Button kind={state === "accepted" ? "primary" : "secondary"} onClick={onClose}>
        {t("close")}
      </Button>
    </>
  );
}
