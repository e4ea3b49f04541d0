/** What a customer sees when a chat or a request is over, or a wait is given up. */
export { LeaveForm } from "./LeaveForm";
export { ChatOver, RequestSent } from "./Over";
