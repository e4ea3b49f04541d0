import { useSignal } from "@preact/signals";
import { t } from "../../shared/i18n";
import { explain } from "../explain";
import type { PageProps } from "../pages";
import { Switch } from "../parts/Switch";
import { updateTechnician } from "../session";
import { Card } from "./parts/Card";
import { SectionHead } from "./parts/SectionHead";

/** Who sees what waits: decided by administrators for the whole account. */
export default function Incoming({ desk, technician }: PageProps) {
  return (
    <>
      <SectionHead
        title={t("console-settings-incoming")}
        about={t("console-settings-about", { account: technician.account_name })}
      />
      <Card title={t("settings-incoming-sight")}>
        <HideIncoming desk={desk} technician={technician} />
      </Card>
    </>
  );
}

function HideIncoming({ desk, technician }: PageProps) {
  const busy = useSignal(false);
  const { hide_incoming: hides } = technician;
  const change = async (wanted: boolean) => {
    busy.value = true;
    updateTechnician({ hide_incoming: wanted });
    try {
      const { hide_incoming } = await desk.account.setHideIncoming(wanted);
      updateTechnician({ hide_incoming });
    } catch (error) {
      updateTechnician({ hide_incoming: !wanted });
      explain(error);
    } finally {
      busy.value = false;
    }
  };
  return (
    <Switch
      label={t("console-hide-incoming")}
      checked={hides}
      busy={busy.value}
      onChange={(wanted) => void change(wanted)}
    >
      {t(hides ? "console-hide-incoming-on" : "console-hide-incoming-off")}
    </Switch>
  );
}
