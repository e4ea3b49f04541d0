import { useEffect, useMemo } from "preact/hooks";
import { t } from "../shared/i18n";
import { Console } from "./Console";
import { Desk } from "./desk";
import { Brand } from "./parts/Brand";
import { ConsoleSkeleton } from "./parts/ConsoleSkeleton";
import { SignIn } from "./parts/SignIn";
import { Unread } from "./parts/Unread";
import { resumeSession, type Session, session } from "./session";

export function App() {
  const state = session.value;
  if (state.phase === "starting") return <ConsoleSkeleton />;
  if (state.phase === "unreachable") return <Unreachable error={state.error} />;
  if (state.phase === "out") return <SignIn ended={state.ended} />;
  return <SignedIn key={state.technician.id} state={state} />;
}

function SignedIn({ state }: { state: Extract<Session, { phase: "in" }> }) {
  const { technician, token, fresh } = state;
  // One desk lasts as long as its token source.
  // eslint-disable-next-line react-hooks/exhaustive-deps -- a changed profile of the same person makes no other desk
  const desk = useMemo(() => new Desk(technician, token), [token]);
  useEffect(() => {
    desk.start();
    return () => desk.stop();
  }, [desk]);
  return <Console desk={desk} technician={technician} fresh={fresh} />;
}

function Unreachable({ error }: { error: unknown }) {
  return (
    <main class="sign-in">
      <div class="sign-in-card">
        <Brand />
        <h1 class="sign-in-title">{t("console-unreachable-title")}</h1>
        <Unread error={error} onRetry={() => void resumeSession()} />
      </div>
    </main>
  );
}
