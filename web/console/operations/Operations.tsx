import "../styles/operations.css";
import { RefreshCw } from "lucide";
import { useEffect, useMemo } from "preact/hooks";
import { Button } from "../../shared/components/Button";
import { t } from "../../shared/i18n";
import { session } from "../session";
import { SectionHead } from "../settings/parts/SectionHead";
import { DeadLetters } from "./DeadLetters";
import { LiveDesk } from "./LiveDesk";
import { Services } from "./Services";
import { OperationsSource } from "./source";
import { Watch } from "./watch";

/** How the desk is: who waits, which services are ready, and what could not be handled. */
export default function Operations() {
  const watch = useMemo(watchOf, []);
  useEffect(() => {
    watch?.start();
    return () => watch?.stop();
  }, [watch]);
  if (!watch) return null;
  return (
    <>
      <SectionHead
        title={t("operations-title")}
        about={t("operations-about")}
        action={
          <Button icon={RefreshCw} onClick={() => void watch.look()}>
            {t("operations-look-again")}
          </Button>
        }
      />
      <LiveDesk watch={watch} />
      <Services watch={watch} />
      <DeadLetters watch={watch} />
    </>
  );
}

function watchOf(): Watch | null {
  const state = session.peek();
  return state.phase === "in" ? new Watch(new OperationsSource(state.token)) : null;
}
