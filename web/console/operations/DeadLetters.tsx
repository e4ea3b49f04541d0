import { useSignal } from "@preact/signals";
import { CircleCheck, CircleDashed, type IconNode, RotateCcw, SearchX } from "lucide";
import { Banner } from "../../shared/components/Banner";
import { Button } from "../../shared/components/Button";
import { Icon } from "../../shared/components/Icon";
import { Skeleton } from "../../shared/components/Skeleton";
import { t } from "../../shared/i18n";
import { Card } from "../settings/parts/Card";
import { LetterDialog } from "./LetterDialog";
import { LetterRow } from "./LetterRow";
import { LetterFilter } from "./LetterFilter";
import { deadOf, type Letter, merged, outcomeOf, type Press } from "./model";
import type { Watch } from "./watch";

/** What could not be handled: why, and once more. */
export function DeadLetters({ watch }: { watch: Watch }) {
  const opened = useSignal<Letter | null>(null);
  const filter = watch.filter.value;
  const letters = merged(watch.pages.value, filter);
  const total = watch.services.value.reduce((n, it) => n + deadOf(it).dead + deadOf(it).asked, 0);
  const dead = letters.filter(({ state }) => state === "dead").length;
  const busy = watch.press.value !== null && outcomeOf(watch.press.value).left > 0;
  return (
    <Card title={t("operations-dead")} about={t("operations-dead-about")}>
      {watch.press.value && <Progress press={watch.press.value} watch={watch} />}
      {total > 0 && (
        <div class="letters-head">
          <LetterFilter watch={watch} />
          <Button
            icon={RotateCcw}
            busy={busy}
            disabled={dead === 0}
            onClick={() => void watch.replayAll()}
          >
            {t("operations-replay-all")}
          </Button>
        </div>
      )}
      {letters.length > 0 ? (
        <ul class="letters" data-testid="dead-letters">
          {letters.map((letter) => (
            <LetterRow
              key={letter.id}
              letter={letter}
              onOpen={() => {
                opened.value = letter;
              }}
              onReplay={() => void watch.replay(letter)}
            />
          ))}
        </ul>
      ) : (
        <None watch={watch} filtered={total > 0} />
      )}
      {total > letters.length && letters.length > 0 && filter.service === null && !filter.code && (
        <p class="letters-more">{t("operations-more", { shown: letters.length, total })}</p>
      )}
      <LetterDialog
        letter={opened.value}
        source={watch.source}
        onReplay={(letter) => {
          opened.value = null;
          void watch.replay(letter);
        }}
        onClose={() => {
          opened.value = null;
        }}
      />
    </Card>
  );
}

function Progress({ press, watch }: { press: Press; watch: Watch }) {
  const { total, handled, failed, left } = outcomeOf(press);
  const close = (
    <Button
      kind="quiet"
      onClick={() => {
        watch.press.value = null;
      }}
    >
      {t("close")}
    </Button>
  );
  if (left > 0)
    return (
      <Banner>
        {t("operations-replaying", { total, done: total - left })}
        <progress
          class="replay-progress"
          max={total}
          value={total - left}
          aria-label={t("operations-replay-progress")}
        />
      </Banner>
    );
  if (total === 0) return <Banner action={close}>{t("operations-replayed-nothing")}</Banner>;
  return failed > 0 ? (
    <Banner kind="warning" action={close}>
      {t("operations-replayed-failed", { handled, failed })}
    </Banner>
  ) : (
    <Banner kind="done" action={close}>
      {t("operations-replayed", { count: handled })}
    </Banner>
  );
}

/** Of a service that is away nobody knows whether it has dead letters: only the others are told of. */
function None({ watch, filtered }: { watch: Watch; filtered: boolean }) {
  if (!watch.looked.value) return <Skeleton width="60%" />;
  if (filtered) return <Nothing icon={SearchX} title="operations-none-match" />;
  const services = watch.services.value;
  const here = services.filter(({ phase }) => phase === "here").length;
  if (here === services.length)
    return <Nothing icon={CircleCheck} title="operations-none" text="operations-none-about" />;
  const title = here > 0 ? "operations-none-known" : "operations-unknown";
  return <Nothing icon={CircleDashed} title={title} text="operations-none-away" />;
}

function Nothing({ icon, title, text }: { icon: IconNode; title: string; text?: string }) {
  return (
    <div class="empty">
      <Icon of={icon} />
      <p class="empty-title">{t(title)}</p>
      {text && <p>{t(text)}</p>}
    </div>
  );
}
