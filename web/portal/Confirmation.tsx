import { MailCheck } from "lucide";
import { Icon } from "../shared/components/Icon";
import { t } from "../shared/i18n";
import type { Became } from "./facts";

interface ConfirmationProps {
  became: Became;
  /** Null until it is known. */
  number: number | null;
  /** Where the answer goes; empty where nobody knows. */
  email: string;
  heading: "h1" | "h2";
}

/** A request is with us: its number, and what happens next. */
export function Confirmation({ became, number, email, heading: Heading }: ConfirmationProps) {
  return (
    <div class="confirmation" role="status">
      <span class="notice-icon confirmation-icon">
        <Icon of={MailCheck} />
      </span>
      <Heading class="confirmation-title">{t(`request-title-${became}`)}</Heading>
      {number !== null && (
        <p class="confirmation-number">{t("case-number", { number: String(number) })}</p>
      )}
      <Next email={email} />
    </div>
  );
}

function Next({ email }: { email: string }) {
  if (!email) return <p>{t("request-next-no-email")}</p>;
  return (
    <>
      <h3 class="confirmation-next">{t("request-next")}</h3>
      <ol class="confirmation-steps">
        <li>{t("request-next-mail", { email })}</li>
        <li>{t("request-next-answer")}</li>
        <li>{t("request-next-number")}</li>
      </ol>
    </>
  );
}
