import { BadgeCheck, ChevronRight, CircleHelp } from "lucide";
import { useEffect, useMemo } from "preact/hooks";
import { Button } from "../../shared/components/Button";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import type { Desk } from "../desk";
import type { Case } from "../model";
import { press } from "../press";
import { PlaceLink } from "../parts/PlaceLink";
import { CaseLinks } from "./CaseLinks";
import { CasesOf } from "./casesOf";
import { ContactSource } from "./source";

interface SectionProps {
  desk: Desk;
  item: Case;
}

/** Whether the customer is who their address says; for technicians, who alone see what belongs together by it. */
export function ContactLine({ desk, item }: SectionProps) {
  if (item.contact_id === null) return <p class="details-none">{t("contact-none")}</p>;
  const verified = item.contact_verified;
  return (
    <div class="contact-line">
      <span class="contact-mark" data-verified={verified}>
        <Icon of={verified ? BadgeCheck : CircleHelp} />
        {t(verified ? "contact-verified" : "contact-unverified")}
      </span>
      <Button kind="quiet" onClick={() => press(desk, item, { do: "verify", verified: !verified })}>
        {t(verified ? "contact-unverify" : "contact-verify")}
      </Button>
      {!verified && <p class="details-none">{t("contact-unverified-text")}</p>}
    </div>
  );
}

/** To all that is known of the customer. */
export function ContactLink({ item }: { item: Case }) {
  if (item.contact_id === null) return null;
  return (
    <PlaceLink to={{ page: "contacts", place: item.contact_id }} class="contact-link">
      {t("contact-open")}
      <Icon of={ChevronRight} />
    </PlaceLink>
  );
}

/** The other conversations of the same customer (S40, S63): what comes meanwhile is there at once. */
export function PreviousSection({ desk, item }: SectionProps) {
  const of = useRelated(desk, item);
  if (!of) return null;
  return (
    <section aria-label={t("previous-title")}>
      <h3 class="details-heading">{t("previous-title")}</h3>
      <CaseLinks of={of} label={t("previous-title")} none={t("previous-none")} />
    </section>
  );
}

function useRelated(desk: Desk, item: Case): CasesOf | null {
  const { id, contact_id } = item;
  const of = useMemo(() => {
    if (contact_id === null) return null;
    const source = new ContactSource(desk.token);
    const pages = (after: string | null) => source.related(id, after);
    return new CasesOf(pages, desk.store.cases, new Set([contact_id]), id);
  }, [desk, id, contact_id]);
  useEffect(() => void of?.load(), [of]);
  return of;
}
