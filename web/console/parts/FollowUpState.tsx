import { t } from "../../shared/i18n";
import type { Case } from "../model";

/** Whether its customer is still owed an answer by mail (S44); apart from the state, which somebody sets. */
export function FollowUpState({ item }: { item: Case }) {
  const state = item.followed_up ? "closed" : "active";
  return (
    <>
      {t(`filter-follow-up-${state}`)}
      <span class="fact-note">{t(`filter-follow-up-${state}-note`)}</span>
    </>
  );
}
