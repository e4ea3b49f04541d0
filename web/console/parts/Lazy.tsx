import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../shared/components/Button";
import { Skeleton } from "../../shared/components/Skeleton";
import { t } from "../../shared/i18n";

interface LazyProps<P> {
  /** The same function for the same part: another one is another part. */
  load: () => Promise<{ default: ComponentType<P> }>;
  props: P;
}

type Loader = LazyProps<never>["load"];

/** Parts that have been brought already: they are shown at once, without a skeleton between. */
const known = new Map<unknown, ComponentType<never>>();

/** A part of the console whose code comes on first sight. A part that cannot be brought says so and can be tried again. */
export function Lazy<P extends object>({ load, props }: LazyProps<P>) {
  const Part = known.get(load) as ComponentType<P> | undefined;
  const [tries, setTries] = useState(0);
  const [failed, setFailed] = useState<Loader | null>(null);
  const [, setCame] = useState<Loader | null>(null);
  useEffect(() => {
    if (known.has(load)) return;
    let wanted = true;
    setFailed(null);
    load().then(
      (module) => {
        known.set(load, module.default as ComponentType<never>);
        if (wanted) setCame(() => load as Loader);
      },
      () => wanted && setFailed(() => load as Loader),
    );
    return () => {
      wanted = false;
    };
  }, [load, tries]);
  if (Part) return <Part {...props} />;
  if (failed === load) return <Missing onRetry={() => setTries(tries + 1)} />;
  return (
    <div class="lazy" role="status" aria-label={t("console-loading")}>
      <Skeleton width="38%" height="22px" />
      <Skeleton width="100%" height="120px" />
    </div>
  );
}

/** No connection, or a newer version of Deskbus, which has other files: reading the page again brings those. */
function Missing({ onRetry }: { onRetry: () => void }) {
  return (
    <div class="empty" role="alert">
      <h2 class="empty-title">{t("console-part-missing")}</h2>
      <p>{t("console-part-missing-text")}</p>
      <p class="empty-actions">
        <Button onClick={onRetry}>{t("try-again")}</Button>
        <Button onClick={() => location.reload()}>{t("console-read-again")}</Button>
      </p>
    </div>
  );
}
