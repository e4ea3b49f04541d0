import { Star } from "lucide";
import { Icon } from "../../shared/components/Icon";
import { Text } from "../../shared/components/Text";
import { t } from "../../shared/i18n";
import type { Case } from "../model";

const STEPS = [1, 2, 3, 4, 5];

/** How the customer found it (S62); nothing until they said it. */
export function SurveyAnswer({ item }: { item: Case }) {
  const { rating, rating_comment: comment } = item;
  if (rating === null) return null;
  return (
    <section aria-label={t("console-survey")}>
      <h3 class="details-heading">{t("console-survey")}</h3>
      <p class="rating">
        <span class="stars">
          {STEPS.map((step) => (
            <span key={step} data-on={step <= rating}>
              <Icon of={Star} />
            </span>
          ))}
        </span>
        {t(`survey-rating-${rating}`)}
        <span class="rating-number">{t("console-rating", { rating })}</span>
      </p>
      {comment && (
        <blockquote class="rating-comment" dir="auto">
          <Text text={comment} />
        </blockquote>
      )}
    </section>
  );
}
