import "../styles/deleted.css";
import { type Signal, useSignal } from "@preact/signals";
import { ChevronDown, ShieldCheck } from "lucide";
import { useEffect } from "preact/hooks";
import { Button } from "../../shared/components/Button";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import { formatFull } from "../../shared/time";
import { explain } from "../explain";
import type { PageProps } from "../pages";
import { type Erasure, ErasureBook } from "./erasures";
import { SectionHead } from "./parts/SectionHead";
import { Unread } from "../parts/Unread";
import { ListSkeleton } from "./parts/Skeletons";
import { Receipt } from "./Receipt";

/** Deleted cases with what became of them, store by store (N4). Nothing of what was in them is left to be shown. */
export default function DeletedCases({ desk }: PageProps) {
  const book = useSignal(new ErasureBook(desk.backend)).value;
  useEffect(() => {
    book.open();
    return () => book.close();
  }, [book]);
  return (
    <>
      <SectionHead title={t("settings-erasures")} about={t("settings-erasures-about")} />
      <Content book={book} />
    </>
  );
}

function Content({ book }: { book: ErasureBook }) {
  const erasures = book.erasures.value;
  const failure = book.failure.value;
  const busy = useSignal(false);
  if (failure && !erasures) return <Unread error={failure} onRetry={() => void book.read()} />;
  if (!erasures) return <ListSkeleton />;
  if (erasures.length === 0) return <None />;
  return (
    <>
      <ol class="erasures">
        {erasures.map((erasure) => (
          <Row key={erasure.case_id} erasure={erasure} />
        ))}
      </ol>
      {book.next.value && (
        <Button busy={busy.value} onClick={() => void more(book, busy)}>
          {t("settings-erasures-more")}
        </Button>
      )}
    </>
  );
}

async function more(book: ErasureBook, busy: Signal<boolean>): Promise<void> {
  busy.value = true;
  try {
    await book.more();
  } catch (error) {
    explain(error);
  } finally {
    busy.value = false;
  }
}

function Row({ erasure }: { erasure: Erasure }) {
  const by = erasure.requested_by?.name ?? "";
  return (
    <li>
      <details class="erasure">
        <summary>
          <span class="erasure-number">#{erasure.number}</span>
          <span class="erasure-facts">
            {t("settings-erasures-by", { name: by, time: formatFull(erasure.requested_at) })}
          </span>
          <span class="erasure-state" data-state={erasure.state}>
            {t(`erasure-state-${erasure.state}`)}
          </span>
          <Icon of={ChevronDown} />
        </summary>
        <Receipt erasure={erasure} />
      </details>
    </li>
  );
}

function None() {
  return (
    <div class="empty settings-empty">
      <Icon of={ShieldCheck} />
      <h3 class="empty-title">{t("settings-erasures-none")}</h3>
      <p>{t("settings-erasures-none-text")}</p>
    </div>
  );
}
