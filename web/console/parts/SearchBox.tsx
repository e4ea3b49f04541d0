import { useSignal } from "@preact/signals";
import { Search as Glass } from "lucide";
import { useEffect, useId, useRef } from "preact/hooks";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import { unreadText } from "../again";
import type { Desk } from "../desk";
import { enterPane } from "../focus";
import { type Case, customerName } from "../model";
import { go } from "../route";
import { SHORTEST } from "../search";
import { CaseType } from "./CaseType";

/** Cases by name, address, number, title and problem (S63), also during a chat: what is found opens beside its list. */
export function SearchBox({ desk }: { desk: Desk }) {
  const { search } = desk;
  const open = useSignal(false);
  const chosen = useSignal(0);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const id = useId();
  const found = search.found.value;
  const at = chosen.value;
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [at]);
  const from = useRef<Element | null>(null);
  const show = (item: Case) => {
    open.value = false;
    field.current?.blur();
    go({ page: "cases", list: "all", caseId: item.id, details: false });
    enterPane("conversation");
  };
  // Back to the message that was being written, where it was interrupted.
  const leave = () => {
    search.type("");
    open.value = false;
    if (from.current instanceof HTMLElement && from.current.isConnected) from.current.focus();
    else field.current?.blur();
  };
  /** The one that is marked, or what fits best of what is not found yet: who types a number does not wait for the list. */
  const enter = async () => {
    const marked = search.settled.value ? found?.[chosen.value] : undefined;
    const item = marked ?? (await search.best());
    if (item && document.activeElement === field.current) show(item);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found?.length) chosen.value = (chosen.value + step + found.length) % found.length;
    else if (event.key === "Enter") void enter();
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
  };
  const { value: short } = search.short;
  const shown = open.value && (short || found !== null || search.failure.value !== null);
  return (
    <div class="search" role="search">
      <Icon of={Glass} />
      <input
        ref={field}
        type="text"
        inputMode="search"
        class="search-field"
        data-search
        role="combobox"
        value={search.query.value}
        placeholder={t("console-search")}
        aria-label={t("console-search-label")}
        aria-expanded={shown}
        aria-controls={`${id}-found`}
        aria-activedescendant={shown && found?.length ? `${id}-${chosen.value}` : undefined}
        aria-autocomplete="list"
        autocomplete="off"
        maxLength={200}
        onInput={(event) => {
          search.type(event.currentTarget.value);
          open.value = true;
          chosen.value = 0;
        }}
        onFocus={(event) => {
          open.value = true;
          from.current = event.relatedTarget as Element | null;
        }}
        onBlur={() => (open.value = false)}
        onKeyDown={onKeyDown}
      />
      {shown && (
        <div class="search-found">
          {search.failure.value !== null && (
            <p class="search-none" role="alert">
              {unreadText(search.failure.value)}
            </p>
          )}
          {short && (
            <p class="search-none" role="status">
              {t("error-search-too-short", { least: SHORTEST })}
            </p>
          )}
          {found?.length === 0 && <p class="search-none">{t("console-search-none")}</p>}
          <ul ref={list} role="listbox" id={`${id}-found`} aria-label={t("console-search-found")}>
            {found?.map((item, index) => (
              // eslint-disable-next-line jsx-a11y-x/click-events-have-key-events -- the field keeps the focus and hears the keys
              <li
                key={item.id}
                role="option"
                id={`${id}-${index}`}
                aria-selected={index === chosen.value}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => show(item)}
              >
                <span class="search-who">
                  <span class="search-name" dir="auto">
                    {customerName(item)}
                  </span>{" "}
                  <span class="case-number">#{item.number}</span>{" "}
                  <span class="search-state">
                    <span class="state-mark" data-state={item.state} />
                    {t(`console-state-${item.state}`)}
                  </span>
                </span>
                <span class="search-about">
                  <CaseType item={item} />
                  <span dir="auto">{item.title || item.preview}</span>
                </span>
              </li>
            ))}
          </ul>
          <p class="visually-hidden" role="status">
            {found && t("console-search-count", { count: found.length })}
          </p>
        </div>
      )}
    </div>
  );
}
