import { Button } from "../../shared/components/Button";
import { Icon } from "../../shared/components/Icon";
import { Skeleton } from "../../shared/components/Skeleton";
import { Time } from "../../shared/components/Time";
import { t } from "../../shared/i18n";
import type { Case } from "../model";
import { CaseType, typeSign } from "../parts/CaseType";
import { PlaceLink } from "../parts/PlaceLink";
import { Unread } from "../parts/Unread";
import { route } from "../route";
import type { CasesOf } from "./casesOf";

interface CaseLinksProps {
  of: CasesOf;
  label: string;
  none: string;
}

/** Cases of one customer, the newest first; each can be opened. */
export function CaseLinks({ of, label, none }: CaseLinksProps) {
  const cases = of.cases.value;
  const failure = of.failure.value;
  if (!cases && failure === null) return <Skeleton width="100%" height="44px" />;
  return (
    <>
      {cases?.length === 0 && <p class="details-none">{none}</p>}
      {cases && cases.length > 0 && (
        <ul class="case-links" aria-label={label}>
          {cases.map((item) => (
            <li key={item.id}>
              <CaseLink item={item} />
            </li>
          ))}
        </ul>
      )}
      {failure !== null && <Unread error={failure} onRetry={() => void of.again()} />}
      {failure === null && of.next.value !== null && (
        <Button kind="quiet" busy={of.loading.value} onClick={() => void of.more()}>
          {t("previous-more")}
        </Button>
      )}
    </>
  );
}

function CaseLink({ item }: { item: Case }) {
  const { list } = route.value;
  return (
    <PlaceLink to={{ page: "cases", list, caseId: item.id }} class="case-link">
      <span class="case-link-sign" data-live={item.live}>
        <Icon of={typeSign(item)} />
      </span>
      <span class="case-link-about" dir="auto">
        {item.title || item.preview || t("console-no-preview")}
      </span>
      <span class="case-link-meta">
        <span class="case-number">#{item.number}</span>
        <span class="visually-hidden">
          <CaseType item={item} />
        </span>
        <span class="state-mark" data-state={item.state} />
        <span>{t(`console-state-${item.state}`)}</span>
        <Time at={item.created_at} />
        {!item.contact_verified && (
          <span class="unverified">{t("contact-unverified").toLocaleLowerCase()}</span>
        )}
      </span>
    </PlaceLink>
  );
}
