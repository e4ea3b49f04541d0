import { useEffect, useRef, useState } from "preact/hooks";
import { Banner } from "../../shared/components/Banner";
import { Button } from "../../shared/components/Button";
import { t } from "../../shared/i18n";
import { Again, isAway, unreadText } from "../again";
import { codeOf } from "../explain";

interface UnreadProps {
  error: unknown;
  /** Asks once more. The error stays what it is until there is an answer, or the pauses would not grow. */
  onRetry: () => void;
  /** Whoever reads it asks again by itself, also while this is not on screen. */
  asked?: boolean;
}

/** Why something cannot be shown. Where nobody answered it is asked for again by itself, and at once by a press. */
export function Unread({ error, onRetry, asked = false }: UnreadProps) {
  const [again] = useState(() => new Again());
  const [pressed, setPressed] = useState<unknown>(null);
  const retry = useRef(onRetry);
  useEffect(() => {
    retry.current = onRetry;
  });
  useEffect(() => {
    if (!asked) again.soon(error, () => retry.current());
  }, [again, asked, error]);
  useEffect(() => () => again.rest(), [again]);
  const press = () => {
    again.hold();
    setPressed(error);
    onRetry();
  };
  return (
    <Banner
      kind={isAway(error) ? "warning" : "error"}
      code={codeOf(error)}
      action={
        <Button busy={pressed !== null && pressed === error} onClick={press}>
          {t("try-again")}
        </Button>
      }
    >
      {unreadText(error)}
    </Banner>
  );
}
