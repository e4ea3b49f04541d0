import { type ComponentChildren, type ComponentType, Fragment } from "preact";
import { useEffect, useState } from "preact/hooks";
import { bring, broughtBy } from "../bring";
import { t } from "../i18n";
import { Button } from "./Button";
import { Skeleton } from "./Skeleton";

interface LazyProps<P> {
  /** The same function for the same part: another one is another part. */
  load: () => Promise<{ default: ComponentType<P> }>;
  props: P;
  /** What stands around the part's place until it is there, if it has a place of its own in a layout. */
  frame?: ComponentType<FrameProps>;
}

export interface FrameProps {
  children: ComponentChildren;
}

type Loader = LazyProps<never>["load"];

/** A part of a page whose code comes on first sight. A part that cannot be brought says so and can be tried again. */
export function Lazy<P extends object>({ load, props, frame: Frame = Fragment }: LazyProps<P>) {
  const Part = broughtBy(load)?.default;
  const [tries, setTries] = useState(0);
  const [failed, setFailed] = useState<Loader | null>(null);
  const [, setCame] = useState<Loader | null>(null);
  useEffect(() => {
    if (broughtBy(load)) return;
    let wanted = true;
    setFailed(null);
    bring(load).then(
      () => wanted && setCame(() => load as Loader),
      () => wanted && setFailed(() => load as Loader),
    );
    return () => {
      wanted = false;
    };
  }, [load, tries]);
  if (Part) return <Part {...props} />;
  return (
    <Frame>{failed === load ? <Missing onRetry={() => setTries(tries + 1)} /> : <Coming />}</Frame>
  );
}

function Coming() {
  return (
    <div class="lazy" role="status" aria-label={t("loading")}>
      <Skeleton width="38%" height="22px" />
      <Skeleton width="100%" height="120px" />
    </div>
  );
}

/** No connection, or a newer version of Deskbus, which has other files: reading the page again brings those. */
function Missing({ onRetry }: { onRetry: () => void }) {
  // It was the connection that was missing: nobody has to press anything once it is back.
  useEffect(() => {
    addEventListener("online", onRetry);
    return () => removeEventListener("online", onRetry);
  }, [onRetry]);
  return (
    <div class="empty" role="alert">
      <h2 class="empty-title">{t("part-missing")}</h2>
      <p>{t("part-missing-text")}</p>
      <p class="empty-actions">
        <Button onClick={onRetry}>{t("try-again")}</Button>
        <Button onClick={() => location.reload()}>{t("read-again")}</Button>
      </p>
    </div>
  );
}
