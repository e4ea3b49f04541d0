import { useSignal } from "@preact/signals";
import { Trash2 } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import { Button, IconButton } from "../../shared/components/Button";
import { t } from "../../shared/i18n";
import type { Desk } from "../desk";
import { erase, eraseAsked } from "../erasing";
import type { Case } from "../model";

/** In the bar of the details, for administrators: nothing is deleted by it yet (S32). */
export function DeleteButton({ desk, item }: { desk: Desk; item: Case }) {
  if (desk.technician.role !== "administrator") return null;
  return (
    <IconButton
      icon={Trash2}
      label={t(item.live ? "console-delete-live" : "console-delete")}
      aria-disabled={item.live}
      aria-expanded={eraseAsked.value === item.id}
      onClick={() => {
        if (!item.live) eraseAsked.value = eraseAsked.peek() === item.id ? null : item.id;
      }}
    />
  );
}

/** The second button, below the bar: it says what goes, and deletes. */
export function DeleteConfirmation({ desk, item }: { desk: Desk; item: Case }) {
  const busy = useSignal(false);
  const words = useRef<HTMLParagraphElement>(null);
  const open = eraseAsked.value === item.id && !item.live;
  useEffect(() => {
    if (open) words.current?.focus();
  }, [open]);
  if (!open) return null;
  const confirm = async () => {
    busy.value = true;
    await erase(desk, item);
    busy.value = false;
  };
  return (
    <div class="delete-confirmation" role="group" aria-label={t("console-delete")}>
      <p ref={words} tabIndex={-1}>
        {t("console-delete-text", { number: String(item.number) })}
      </p>
      <p class="delete-buttons">
        <Button
          onClick={() => {
            eraseAsked.value = null;
          }}
        >
          {t("cancel")}
        </Button>
        <Button kind="danger" busy={busy.value} onClick={() => void confirm()}>
          {t("console-delete")}
        </Button>
      </p>
    </div>
  );
}
