import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { Action } from "../../shared/action";
import { errorText } from "../../shared/api";
import { Banner } from "../../shared/components/Banner";
import { Button } from "../../shared/components/Button";
import { FailureBanner } from "../../shared/components/FailureBanner";
import { Field } from "../../shared/components/Field";
import { t } from "../../shared/i18n";
import { close } from "../opened";

const LONGEST = 60;

interface Choice {
  label: string;
  save: (name: string) => Promise<unknown>;
}

interface NameFormProps {
  name: string;
  /** What Enter does. */
  main: Choice;
  other?: Choice | undefined;
  /** The code of an error that stands in the way from the start. */
  blocked?: string | undefined;
  children?: ComponentChildren;
}

/** The form in which a list gets its name; it closes once that is saved, and says why it was not. */
export function NameForm({ name: before, main, other, blocked, children }: NameFormProps) {
  const name = useSignal(before);
  const action = useMemo(() => new Action(), []);
  const save = async (choice: Choice) => {
    const wanted = name.peek().trim();
    if (wanted === "" || blocked) return;
    if (await action.run(() => choice.save(wanted))) close();
  };
  const pressable = { busy: action.busy.value, disabled: blocked !== undefined };
  return (
    <form
      class="save-filter"
      onSubmit={(event) => {
        event.preventDefault();
        void save(main);
      }}
    >
      {blocked && <Banner kind="warning">{errorText(blocked)}</Banner>}
      <FailureBanner failure={action.failure.value} />
      <Field
        label={t("filter-name")}
        name="filter-name"
        autocomplete="off"
        value={name.value}
        onInput={(event) => {
          name.value = event.currentTarget.value.slice(0, LONGEST);
        }}
      />
      {children}
      <div class="dialog-actions">
        <Button onClick={close}>{t("cancel")}</Button>
        {other && (
          <Button kind="quiet" {...pressable} onClick={() => void save(other)}>
            {other.label}
          </Button>
        )}
        <Button kind="primary" type="submit" {...pressable}>
          {main.label}
        </Button>
      </div>
    </form>
  );
}
