import { ArrowLeft } from "lucide";
import type { ComponentChildren } from "preact";
import { Icon } from "../../../shared/components/Icon";
import { t } from "../../../shared/i18n";
import { PlaceLink } from "../../parts/PlaceLink";

interface SectionHeadProps {
  title: string;
  /** What it is for and whom it concerns, in a sentence or two. */
  about?: string;
  /** The one thing that is done most here, such as adding. */
  action?: ComponentChildren;
}

/** What every section begins with. */
export function SectionHead({ title, about, action }: SectionHeadProps) {
  return (
    <header class="settings-head">
      <div class="settings-head-words">
        <h2 class="settings-title">{title}</h2>
        {about && <p class="settings-about">{about}</p>}
      </div>
      {action}
    </header>
  );
}

/** On a phone: from a section to the list of them. */
export function BackLink() {
  return (
    <PlaceLink to={{ page: "settings" }} class="settings-back">
      <Icon of={ArrowLeft} />
      {t("console-settings")}
    </PlaceLink>
  );
}
