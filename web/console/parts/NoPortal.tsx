import { DoorOpen } from "lucide";
import { useEffect } from "preact/hooks";
import { Button } from "../../shared/components/Button";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import type { Desk } from "../desk";
import { explain } from "../explain";
import type { PageProps } from "../pages";
import { updateTechnician } from "../session";
import { sectionOf } from "../settings/sections";
import { PlaceLink } from "./PlaceLink";

/** In place of the cases while none can come in (S7): why, and how to make the first portal. */
export function NoPortal({ desk, technician }: PageProps) {
  const administrator = technician.role === "administrator";
  // Somebody may have made one since this technician signed in; that it could not be looked for is no news here.
  useEffect(() => void look(desk).catch(() => undefined), [desk]);
  return (
    <main class="pane no-portal">
      <div class="empty empty-pane">
        <Icon of={DoorOpen} />
        <h2 class="empty-title">{t("console-no-portal")}</h2>
        <p>{t("console-no-portal-text")}</p>
        <p>
          {t(administrator ? "console-no-portal-administrator" : "console-no-portal-technician")}
        </p>
        <p class="empty-actions">
          {administrator && sectionOf("portals") && (
            <PlaceLink to={{ page: "settings", place: "portals" }} class="button button-primary">
              {t("console-add-portal")}
            </PlaceLink>
          )}
          <Button onClick={() => void look(desk).catch(explain)}>{t("console-look-again")}</Button>
        </p>
      </div>
    </main>
  );
}

async function look(desk: Desk): Promise<void> {
  updateTechnician(await desk.account.me());
}
