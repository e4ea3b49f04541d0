import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Button } from "../../shared/components/Button";
import { Dialog } from "../../shared/components/Dialog";
import { t } from "../../shared/i18n";
import { newId } from "../../shared/ids";
import type { Desk } from "../desk";
import { explain } from "../explain";
import { customerName } from "../model";
import { perform, type Question, question } from "../press";

/** Asks before a live chat is ended, by leaving it or by resolving its case. */
export function Questions({ desk }: { desk: Desk }) {
  const asked = question.value;
  const busy = useSignal(false);
  // One id for one question: pressing again after a failure ends the same chat once.
  const endId = useRef("");
  useEffect(() => {
    if (asked) endId.current = newId();
  }, [asked]);
  const close = () => {
    question.value = null;
  };
  const confirm = async () => {
    if (!asked) return;
    busy.value = true;
    const done = await answer(desk, asked, endId.current);
    busy.value = false;
    if (done) close();
  };
  const what = asked?.what ?? "leave";
  const name = asked ? customerName(asked.item) : "";
  const actions = (
    <>
      <Button onClick={close}>{t("cancel")}</Button>
      <Button
        kind={what === "leave" ? "danger" : "primary"}
        busy={busy.value}
        onClick={() => void confirm()}
      >
        {t(`console-${what}-yes`)}
      </Button>
    </>
  );
  return (
    <Dialog
      title={t(`console-${what}-title`)}
      open={asked !== null}
      onClose={close}
      actions={actions}
    >
      <p>{t(`console-${what}-text`, { name })}</p>
    </Dialog>
  );
}

async function answer(desk: Desk, { what, item, act }: Question, endId: string): Promise<boolean> {
  if (what === "resolve") {
    void perform(desk, item, act ?? "resolve");
    return true;
  }
  try {
    await desk.backend.endChat(item.id, endId);
    return true;
  } catch (error) {
    explain(error);
    return false;
  }
}
