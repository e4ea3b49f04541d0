import { RotateCcw } from "lucide";
import { Button } from "../../shared/components/Button";
import { Time } from "../../shared/components/Time";
import { t } from "../../shared/i18n";
import { groupOf, type Letter, waitOf } from "./model";

interface LetterRowProps {
  letter: Letter;
  onOpen: () => void;
  onReplay: () => void;
}

/** Two lines: what and when, why and whose. */
export function LetterRow({ letter, onOpen, onReplay }: LetterRowProps) {
  const asked = letter.state === "asked";
  const name = letter.type || t("operations-type-unknown");
  return (
    <li class="letter" data-letter={letter.id}>
      <button type="button" class="letter-open" onClick={onOpen}>
        <span class="letter-line">
          <span class="letter-type">{name}</span>
          <span class="letter-time">
            <Time at={letter.died_at} />
          </span>
        </span>
        <span class="letter-why">
          {t(`operations-reason-${groupOf(letter.code)}`)}: {letter.reason}
        </span>
        <span class="letter-where">
          {t(`operations-service-${letter.service}`)} · {letter.topic}
        </span>
      </button>
      {asked ? (
        <span class="letter-asked" role="status">
          {letter.replay?.waits_for
            ? t("operations-replay-waits", {
                what: t(`operations-waits-${waitOf(letter.replay.waits_for)}`),
              })
            : t("operations-being-replayed")}
        </span>
      ) : (
        <Button
          icon={RotateCcw}
          aria-label={t("operations-replay-named", { type: name })}
          onClick={onReplay}
        >
          {t("operations-replay")}
        </Button>
      )}
    </li>
  );
}
