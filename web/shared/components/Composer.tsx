import { SendHorizontal } from "lucide";
import type { RefObject } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { followDraft, loadDraft, saveDraft } from "../drafts";
import { t } from "../i18n";
import { TEXT_LIMIT } from "../wire";
import { Button } from "./Button";
import "./composer.css";

interface ComposerProps {
  /** Under which name the unfinished text is kept; usually the conversation's id. */
  draft: string;
  label: string;
  placeholder: string;
  onSend: (text: string) => void;
  onTyping?: (on: boolean) => void;
  autofocus?: boolean;
}

/** How close to the limit the count is shown. */
const COUNT_FROM = TEXT_LIMIT - 500;
const STOPPED_TYPING = 4_000;

export function Composer(props: ComposerProps) {
  const { text, setText, clear } = useDraft(props.draft);
  const area = useGrowing(text);
  useFocused(area, props.autofocus ?? false);
  const typing = useTyping(props.onTyping);
  const id = useId();
  const touch = useTouch();
  const length = text.length >= COUNT_FROM ? [...text.trim()].length : 0;
  const tooLong = length > TEXT_LIMIT;
  const send = () => {
    area.current?.focus();
    if (tooLong || text.trim() === "") return;
    props.onSend(text.trim());
    typing(false);
    clear();
  };
  // On a screen keyboard Enter is the only way to a new line, so there it never sends.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || touch) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="composer-box">
        <textarea
          ref={area}
          rows={1}
          value={text}
          placeholder={props.placeholder}
          aria-label={props.label}
          aria-describedby={`${id}-hint`}
          aria-invalid={tooLong}
          onKeyDown={onKeyDown}
          onInput={(event) => {
            setText(event.currentTarget.value);
            typing(event.currentTarget.value.trim() !== "");
          }}
        />
        <Button type="submit" kind="primary" icon={SendHorizontal} class="composer-send">
          {t("send")}
        </Button>
      </div>
      <p class="composer-hint" id={`${id}-hint`}>
        <span>{touch ? "" : t("composer-hint")}</span>
        {length > 0 && (
          <span class={tooLong ? "composer-over" : ""} role={tooLong ? "alert" : undefined}>
            {tooLong ? t("text-too-long", { over: length - TEXT_LIMIT }) : ""}{" "}
            {t("text-count", { count: length, limit: TEXT_LIMIT })}
          </span>
        )}
      </p>
    </form>
  );
}

function useDraft(name: string) {
  const [text, show] = useState(() => loadDraft(name));
  useEffect(() => {
    show(loadDraft(name));
    return followDraft(name, show);
  }, [name]);
  const setText = (value: string) => {
    saveDraft(name, value);
    show(value);
  };
  return { text, setText, clear: () => setText("") };
}

/** The height follows the text; CSS `field-sizing` does it where it exists. */
function useGrowing(text: string) {
  const area = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const element = area.current;
    if (!element || CSS.supports("field-sizing", "content")) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);
  return area;
}

/** The attribute works once in the life of a document; the composer comes and goes. */
function useFocused(area: RefObject<HTMLTextAreaElement | null>, wanted: boolean): void {
  useEffect(() => {
    if (wanted) area.current?.focus();
  }, [area, wanted]);
}

function useTyping(tell: ((on: boolean) => void) | undefined) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (on: boolean) => {
    clearTimeout(timer.current);
    tell?.(on);
    if (on) timer.current = setTimeout(() => tell?.(false), STOPPED_TYPING);
  };
}

function useTouch(): boolean {
  const [touch] = useState(() => matchMedia("(hover: none) and (pointer: coarse)").matches);
  return touch;
}
