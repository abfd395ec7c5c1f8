/**
 * Why the bank refused a payment.
 */
// TODO: Allow the three words of the brief and no others.
export type FailureReason = string;

/**
 * A payment in one of its states; `status` tells which. Amounts and fees are in cents, `capturedAt`
 * in milliseconds since the epoch.
 */
// TODO: Replace this loose shape by a union with one member per state.
export type Payment = {
  readonly status: string;
  readonly id?: string | undefined;
  readonly amountCents?: number | undefined;
  readonly note?: string | undefined;
  readonly authorizationCode?: string | undefined;
  readonly capturedAt?: number | undefined;
  readonly feeCents?: number | undefined;
  readonly reason?: string | undefined;
};

/**
 * Whether `value` is one of the words of {@link FailureReason}. Accepts any value, never throws.
 */
// TODO: Make this a type predicate, so that a yes narrows `value` for the caller.
export function isFailureReason(value: unknown): boolean {
  // TODO: Check the word.
  throw new Error('Not implemented yet');
}

/**
 * Whether `value` has everything that {@link Payment} promises. Accepts any value, never throws.
 */
// TODO: Make this a type predicate, too.
export function isPayment(value: unknown): boolean {
  // TODO: Check every field of the state.
  throw new Error('Not implemented yet');
}

/**
 * Continues only when `value` is a payment.
 *
 * @throws TypeError when it is not.
 */
// TODO: Make this an assertion function.
export function assertPayment(value: unknown): void {
  // TODO: Refuse what is not a payment.
  throw new Error('Not implemented yet');
}

/**
 * Reads a payment from the body of a webhook.
 *
 * @throws SyntaxError when `json` is not JSON at all.
 * @throws TypeError when it is JSON, but not a payment.
 */
export function parsePayment(json: string): Payment {
  // TODO: Parse the text, then check what came out.
  throw new Error('Not implemented yet');
}

/**
 * One line about a payment, for the support desk.
 */
export function describePayment(payment: Payment): string {
  // TODO: Return the sentence of the payment's state.
  throw new Error('Not implemented yet');
}

/**
 * Hands one job per captured payment to `schedule`, in the order of `payments`.
 *
 * @param schedule stores the job and runs it later, in most cases after this function has returned.
 */
export function scheduleReceipts(
  payments: readonly Payment[],
  schedule: (job: () => string) => void,
): void {
  // TODO: Schedule a receipt for each captured payment.
  throw new Error('Not implemented yet');
}
