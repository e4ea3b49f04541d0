import { MailCheck } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../shared/components/Icon";
import { t } from "../shared/i18n";
import type { Became } from "./facts";

interface ConfirmationProps {
  became: Became;
  /** Null until it is known. */
  number: number | null;
  /** Where the answer goes; empty where nobody knows. */
  email: string;
  /** The level of its heading; what happens next is one level below. */
  level: 1 | 2;
}

/** A request is with us: its number, and what happens next. */
export function Confirmation({ became, number, email, level }: ConfirmationProps) {
  const title = useRef<HTMLHeadingElement>(null);
  const [Heading, Below] = level === 1 ? (["h1", "h2"] as const) : (["h2", "h3"] as const);
  // The form that was sent is gone, and the focus with it.
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  return (
    <div class="confirmation">
      <span class="notice-icon confirmation-icon">
        <Icon of={MailCheck} />
      </span>
      <Heading class="confirmation-title" ref={title} tabIndex={-1}>
        {t(`request-title-${became}`)}
      </Heading>
      {number !== null && (
        <p class="confirmation-number">{t("case-number", { number: String(number) })}</p>
      )}
      {email ? <Next email={email} heading={Below} /> : <p>{t("request-next-no-email")}</p>}
    </div>
  );
}

function Next({ email, heading: Heading }: { email: string; heading: "h2" | "h3" }) {
  return (
    <>
      <Heading class="confirmation-next">{t("request-next")}</Heading>
      <ol class="confirmation-steps">
        <li>{t("request-next-mail", { email })}</li>
        <li>{t("request-next-answer")}</li>
        <li>{t("request-next-number")}</li>
      </ol>
    </>
  );
}
