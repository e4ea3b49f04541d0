import { X } from "lucide";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { IconButton } from "../../shared/components/Button";
import { t } from "../../shared/i18n";
import { without } from "../cases/filter";
import { termsOf } from "../cases/words";
import { route } from "../route";
import { fieldName, type TextField } from "./fields";
import { focusBar, narrow } from "./view";

const TYPING_PAUSE = 250;

interface TextChipProps {
  field: TextField;
  fresh: boolean;
  onDone: () => void;
}

/** A field that is typed into. What is too short to look for narrows nothing down yet. */
export function TextChip({ field, fresh, onDone }: TextChipProps) {
  const said = route.value.view.filter[field] ?? "";
  const [text, setText] = useState(said);
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const id = useId();
  useEffect(() => {
    if (fresh) input.current?.focus();
  }, [fresh]);
  useEffect(() => () => clearTimeout(timer.current), []);
  // What the address says otherwise counts: it was opened, or gone back to.
  useEffect(() => {
    if (said !== "" && document.activeElement !== input.current) setText(said);
  }, [said]);
  const apply = (value: string) => {
    clearTimeout(timer.current);
    const { filter } = route.peek().view;
    if (termsOf(value).length > 0) narrow({ ...filter, [field]: value.trim() });
    else if (filter[field] !== undefined) narrow(without(filter, field));
  };
  const remove = () => {
    clearTimeout(timer.current);
    focusBar();
    onDone();
    narrow(without(route.peek().view.filter, field));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") apply(text);
    else if (event.key === "Escape") remove();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <span class="chip chip-typed" data-field={field}>
      <label for={id}>{fieldName(field)}</label>
      <input
        ref={input}
        id={id}
        type="text"
        value={text}
        maxLength={200}
        autocomplete="off"
        spellcheck={false}
        placeholder={t("filter-words")}
        onInput={(event) => {
          const { value } = event.currentTarget;
          setText(value);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => apply(value), TYPING_PAUSE);
        }}
        onKeyDown={onKeyDown}
      />
      <IconButton
        icon={X}
        class="chip-remove"
        label={t("filter-remove", { field: fieldName(field) })}
        onClick={remove}
      />
    </span>
  );
}
