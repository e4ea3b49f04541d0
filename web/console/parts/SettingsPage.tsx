import { useSignal } from "@preact/signals";
import { Lock } from "lucide";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import type { Desk } from "../desk";
import { explain } from "../explain";
import type { Technician } from "../model";
import { updateTechnician } from "../session";
import { Switch } from "./Switch";

interface SettingsPageProps {
  desk: Desk;
  technician: Technician;
}

/** What administrators decide for the whole account; the server asks for the role too. */
export function SettingsPage({ desk, technician }: SettingsPageProps) {
  return (
    <main class="settings">
      <div class="settings-body">
        {technician.role === "administrator" ? (
          <Settings desk={desk} technician={technician} />
        ) : (
          <NotForYou />
        )}
      </div>
    </main>
  );
}

function Settings({ desk, technician }: SettingsPageProps) {
  return (
    <>
      <header class="settings-head">
        <h2 class="settings-title">{t("console-settings")}</h2>
        <p class="settings-about">
          {t("console-settings-about", { account: technician.account_name })}
        </p>
      </header>
      <section class="settings-card" aria-labelledby="settings-incoming">
        <h3 class="settings-heading" id="settings-incoming">
          {t("console-settings-incoming")}
        </h3>
        <HideIncoming desk={desk} technician={technician} />
      </section>
    </>
  );
}

function HideIncoming({ desk, technician }: SettingsPageProps) {
  const busy = useSignal(false);
  const { hide_incoming: hides } = technician;
  const change = async (wanted: boolean) => {
    busy.value = true;
    updateTechnician({ hide_incoming: wanted });
    try {
      const { hide_incoming } = await desk.backend.setHideIncoming(wanted);
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

function NotForYou() {
  return (
    <div class="empty">
      <Icon of={Lock} />
      <h2 class="empty-title">{t("console-settings-closed")}</h2>
      <p>{t("error-administrators-only")}</p>
    </div>
  );
}
