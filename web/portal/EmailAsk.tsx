import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "../shared/components/Button";
import { FailureBanner } from "../shared/components/FailureBanner";
import { t } from "../shared/i18n";
import type { Chat } from "./chat";
import { EmailInput, FormErrors, focusProblem } from "./FormView";

/** The answer to the bot, in the chat itself. */
export function EmailAsk({ chat }: { chat: Chat }) {
  const element = useRef<HTMLFormElement>(null);
  useFocusLeft(element);
  const { form, giving } = chat.contact;
  const give = async (event: Event) => {
    event.preventDefault();
    await chat.contact.give();
    focusProblem(element.current, form);
  };
  return (
    <form class="panel ask" ref={element} noValidate onSubmit={(event) => void give(event)}>
      <div class="ask-line">
        <EmailInput form={form} />
        <Button type="submit" kind="primary" busy={giving.busy.value}>
          {t("send")}
        </Button>
      </div>
      <FailureBanner failure={giving.failure.value} />
      <FormErrors form={form} />
    </form>
  );
}

/** The form goes once it is answered; whoever was in it stays in the conversation. */
function useFocusLeft(element: RefObject<HTMLFormElement | null>): void {
  useLayoutEffect(() => {
    const form = element.current;
    const around = form?.closest<HTMLElement>(".messages");
    return () => {
      if (form?.contains(document.activeElement)) around?.focus();
    };
  }, [element]);
}
