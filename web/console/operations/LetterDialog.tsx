import { useSignal } from "@preact/signals";
import { Lock, RotateCcw } from "lucide";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { errorText } from "../../shared/api";
import { Banner } from "../../shared/components/Banner";
import { Button } from "../../shared/components/Button";
import { Dialog } from "../../shared/components/Dialog";
import { Icon } from "../../shared/components/Icon";
import { Skeleton } from "../../shared/components/Skeleton";
import { Time } from "../../shared/components/Time";
import type { DeadLetterDetails, ReplayNote } from "../../shared/generated/rest";
import { t } from "../../shared/i18n";
import { codeOf } from "../explain";
import { groupOf, type Letter } from "./model";
import type { OperationsSource } from "./source";

interface LetterDialogProps {
  letter: Letter | null;
  source: OperationsSource;
  onReplay: (letter: Letter) => void;
  onClose: () => void;
}

type Reading = { details: DeadLetterDetails } | { code: string } | null;

/** One dead letter, read when it is asked for. What is personal never comes here. */
export function LetterDialog({ letter, source, onReplay, onClose }: LetterDialogProps) {
  const reading = useSignal<Reading>(null);
  const { service, id } = letter ?? {};
  useEffect(() => {
    if (!service || !id) return;
    let wanted = true;
    reading.value = null;
    source.deadLetter(service, id).then(
      (details) => {
        if (wanted) reading.value = { details };
      },
      (error: unknown) => {
        if (wanted) reading.value = { code: codeOf(error) };
      },
    );
    return () => {
      wanted = false;
    };
  }, [service, id, source, reading]);
  const actions = (
    <>
      <Button onClick={onClose}>{t("close")}</Button>
      {letter?.state === "dead" && (
        <Button kind="primary" icon={RotateCcw} onClick={() => onReplay(letter)}>
          {t("operations-replay")}
        </Button>
      )}
    </>
  );
  return (
    <Dialog
      title={letter?.type || t("operations-type-unknown")}
      open={letter !== null}
      onClose={onClose}
      actions={actions}
      class="letter-dialog"
    >
      {letter && <Facts letter={letter} />}
      <Content reading={reading.value} />
    </Dialog>
  );
}

function Facts({ letter }: { letter: Letter }) {
  return (
    <dl class="facts letter-facts">
      <Fact name="operations-fact-reason">
        {t(`operations-reason-${groupOf(letter.code)}`)}: {letter.reason}
        {letter.code !== groupOf(letter.code) && <small>{` (${letter.code})`}</small>}
      </Fact>
      <Fact name="operations-fact-tries">{letter.tries}</Fact>
      <Fact name="operations-fact-service">{t(`operations-service-${letter.service}`)}</Fact>
      <Fact name="operations-fact-place">
        <code>{`${letter.topic} / ${letter.partition} @ ${letter.offset}`}</code>
      </Fact>
      {letter.key && (
        <Fact name="operations-fact-key">
          <code>{letter.key}</code>
        </Fact>
      )}
      <Fact name="operations-fact-size">{t("operations-bytes", { count: letter.bytes })}</Fact>
      <Fact name="operations-fact-written">
        <Time at={letter.written_at} />
      </Fact>
      <Fact name="operations-fact-died">
        <Time at={letter.died_at} />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{t(name)}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Content({ reading }: { reading: Reading }) {
  if (!reading) return <Skeleton width="80%" height="64px" />;
  if ("code" in reading)
    return (
      <Banner kind="error" code={reading.code}>
        {errorText(reading.code)}
      </Banner>
    );
  const { content, sealed, withheld, replays } = reading.details;
  const hidden = withheld.filter((name) => name !== "?");
  return (
    <>
      <h3 class="letter-heading">{t("operations-content")}</h3>
      {content ? (
        // eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        <pre class="letter-content" tabIndex={0} aria-label={t("operations-content")}>
          {JSON.stringify(content, null, 2)}
        </pre>
      ) : (
        <p class="letter-note">{t("operations-content-unknown")}</p>
      )}
      {(sealed || withheld.length > 0) && (
        <p class="letter-note">
          <Icon of={Lock} />
          <span>
            {t("operations-sealed")}
            {hidden.length > 0 && <small>{` ${hidden.join(", ")}`}</small>}
          </span>
        </p>
      )}
      {replays.length > 0 && <Replays replays={replays} />}
    </>
  );
}

function Replays({ replays }: { replays: readonly ReplayNote[] }) {
  return (
    <>
      <h3 class="letter-heading">{t("operations-replays")}</h3>
      <ul class="letter-replays">
        {replays.map((note) => (
          <li key={note.at}>
            <Time at={note.at} /> · {note.by} ·{" "}
            {t(`operations-outcome-${note.outcome ?? "failed"}`)}
            {note.reason && `: ${note.reason}`}
          </li>
        ))}
      </ul>
    </>
  );
}
