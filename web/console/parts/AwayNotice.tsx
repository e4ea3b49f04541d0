import { useSignal } from "@preact/signals";
import { MoonStar } from "lucide";
import { Banner } from "../../shared/components/Banner";
import { Button } from "../../shared/components/Button";
import { t } from "../../shared/i18n";
import { formatClock, formatDateTime } from "../../shared/time";
import type { Desk } from "../desk";
import { explain } from "../explain";
import type { Technician } from "../model";
import { updateTechnician } from "../session";

/** Why one is not available who chose to be (X4), and the way back by one press. */
export function AwayNotice({ desk, technician }: { desk: Desk; technician: Technician }) {
  const busy = useSignal(false);
  const { away } = technician;
  if (!away) return null;
  const choose = async (available: boolean) => {
    busy.value = true;
    try {
      updateTechnician(await desk.account.setAvailable(available));
      desk.readAgain();
    } catch (error) {
      explain(error);
    } finally {
      busy.value = false;
    }
  };
  return (
    <Banner
      kind="warning"
      icon={MoonStar}
      action={
        <span class="notice-actions">
          <Button kind="quiet" busy={busy.value} onClick={() => void choose(false)}>
            {t("console-away-stay")}
          </Button>
          <Button kind="primary" busy={busy.value} onClick={() => void choose(true)}>
            {t("console-become-available")}
          </Button>
        </span>
      }
    >
      {t("console-away", { at: moment(away.at), since: moment(away.since) })}
    </Banner>
  );
}

function moment(iso: string): string {
  const today = new Date(iso).toDateString() === new Date().toDateString();
  return today ? formatClock(iso) : formatDateTime(iso);
}
