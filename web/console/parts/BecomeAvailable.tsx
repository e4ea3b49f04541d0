import { useSignal } from "@preact/signals";
import { Button } from "../../shared/components/Button";
import { t } from "../../shared/i18n";
import type { Desk } from "../desk";
import { changeAvailability } from "../status";

interface BecomeAvailableProps {
  desk: Desk;
  kind: "primary" | "secondary";
}

/** The way out of a place that is only empty because one is not available. */
export function BecomeAvailable({ desk, kind }: BecomeAvailableProps) {
  const busy = useSignal(false);
  const become = async () => {
    busy.value = true;
    await changeAvailability(desk, false, true);
    busy.value = false;
  };
  return (
    <Button kind={kind} busy={busy.value} onClick={() => void become()}>
      {t("console-become-available")}
    </Button>
  );
}
