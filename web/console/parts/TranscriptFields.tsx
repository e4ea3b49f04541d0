import { useEffect, useId, useRef } from "preact/hooks";
import { errorText } from "../../shared/api";
import { Banner } from "../../shared/components/Banner";
import { Field } from "../../shared/components/Field";
import { t } from "../../shared/i18n";
import { type Case, customerName } from "../model";
import { type Addressee, ADDRESSEES, canReach, type TranscriptForm } from "../transcript";

interface TranscriptFieldsProps {
  form: TranscriptForm;
  item: Case;
  onSubmit: () => void;
}

/** To whom the transcript goes; who cannot be reached stands there with the reason. */
export function TranscriptFields({ form, item, onSubmit }: TranscriptFieldsProps) {
  const refusal = form.refusal.value;
  const submit = (event: Event) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form class="transcript-form" noValidate onSubmit={submit}>
      {refusal && (
        <Banner kind="error" code={refusal.code}>
          {errorText(refusal.code, refusal.params)}
        </Banner>
      )}
      <fieldset class="choices">
        <legend class="visually-hidden">{t("console-transcript-to")}</legend>
        {ADDRESSEES.map((to) => (
          <Choice key={to} form={form} item={item} to={to} />
        ))}
      </fieldset>
      {form.to.value === "address" && <AddressField form={form} />}
      {/* Enter in the field submits, although the button stands outside of the form. */}
      <button type="submit" hidden />
    </form>
  );
}

interface ChoiceProps {
  form: TranscriptForm;
  item: Case;
  to: Addressee;
}

function Choice({ form, item, to }: ChoiceProps) {
  const id = useId();
  return (
    <label class="choice" for={id}>
      <input
        type="radio"
        name="to"
        id={id}
        value={to}
        checked={form.to.value === to}
        disabled={!canReach(item, to)}
        onChange={() => form.choose(to)}
      />
      <span class="choice-words">
        <span>{t(`console-transcript-to-${to}`)}</span>
        {to !== "address" && <span class="choice-note">{whoIs(item, to)}</span>}
      </span>
    </label>
  );
}

function whoIs(item: Case, to: Addressee): string {
  if (!canReach(item, to)) return t(`console-transcript-no-${to}`);
  if (to === "assignee") return item.assignee?.name ?? "";
  return `${customerName(item)} · ${item.customer.email}`;
}

function AddressField({ form }: { form: TranscriptForm }) {
  const box = useRef<HTMLDivElement>(null);
  const error = form.addressError.value;
  const mistakes = form.mistakes.value;
  // A choice of this one is a wish to write it, and a mistake a wish to mend it.
  useEffect(() => box.current?.querySelector("input")?.focus(), [mistakes]);
  return (
    <div class="choice-field" ref={box}>
      <Field
        name="address"
        type="email"
        autocomplete="off"
        label={t("console-email")}
        error={error ? t(error) : undefined}
        value={form.address.value}
        onInput={(event) => form.write(event.currentTarget.value)}
      />
    </div>
  );
}
