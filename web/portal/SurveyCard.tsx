import { CircleCheck } from "lucide";
import { useMemo, useRef } from "preact/hooks";
import { Button } from "../shared/components/Button";
import { FailureBanner } from "../shared/components/FailureBanner";
import { FieldError, TextArea } from "../shared/components/Field";
import { Icon } from "../shared/components/Icon";
import { t } from "../shared/i18n";
import { FormErrors, focusProblem } from "./FormView";
import { RATINGS, Survey, type Surveyed } from "./survey";
import "./survey.css";

/** How it was: to be answered once the case is resolved, and then a word of thanks. */
export function SurveyCard({ own }: { own: Surveyed }) {
  const survey = useMemo(() => new Survey(own), [own]);
  switch (own.shown.value?.survey) {
    case "open":
      return <Questions survey={survey} />;
    case "answered":
      return <Thanks rating={own.shown.value.rating} />;
    default:
      return null;
  }
}

function Thanks({ rating }: { rating: number | null }) {
  return (
    <div class="panel panel-done" role="status">
      <Icon of={CircleCheck} />
      <div>
        <h3>{t("survey-thanks")}</h3>
        {rating !== null && <p>{t("survey-given", { rating: t(`survey-rating-${rating}`) })}</p>}
      </div>
    </div>
  );
}

function Questions({ survey }: { survey: Survey }) {
  const element = useRef<HTMLFormElement>(null);
  const { form, sending } = survey;
  const send = async (event: Event) => {
    event.preventDefault();
    await survey.send();
    if (survey.missing.peek()) element.current?.querySelector("input")?.focus();
    else focusProblem(element.current, form);
  };
  return (
    <form class="panel survey" ref={element} noValidate onSubmit={(event) => void send(event)}>
      <Scale survey={survey} />
      <TextArea
        name="comment"
        label={t("survey-comment")}
        rows={2}
        required={false}
        error={form.text("comment")}
        value={form.values.value.comment}
        onInput={(event) => form.set("comment", event.currentTarget.value)}
      />
      <FailureBanner failure={sending.failure.value} />
      <Button type="submit" kind="primary" size="large" busy={sending.busy.value}>
        {t(sending.busy.value ? "survey-sending" : "survey-send")}
      </Button>
      <FormErrors form={form} />
    </form>
  );
}

function Scale({ survey }: { survey: Survey }) {
  return (
    <fieldset class="scale" aria-invalid={survey.missing.value}>
      <legend>{t("survey-title")}</legend>
      <div class="scale-choices">
        {RATINGS.map((rating) => (
          <label key={rating} class="scale-choice">
            <input
              type="radio"
              name="rating"
              class="visually-hidden"
              checked={survey.rating.value === rating}
              onChange={() => survey.rate(rating)}
            />
            <span class="scale-number">{rating}</span>
            <span class="scale-word">{t(`survey-rating-${rating}`)}</span>
          </label>
        ))}
      </div>
      <FieldError text={survey.missing.value ? t("survey-missing") : undefined} aloud />
    </fieldset>
  );
}
