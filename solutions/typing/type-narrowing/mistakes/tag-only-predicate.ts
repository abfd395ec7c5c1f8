// isPayment looks at the status and at nothing else, but promises all fields of that state: a captured
// payment without a date passes, and the compiler believes that the date is there.
const FAILURE_REASONS = ['insufficient_funds', 'card_expired', 'fraud_suspected'] as const;

/** Why the bank refused a payment. */
export type FailureReason = (typeof FAILURE_REASONS)[number];

interface PaymentBase {
  readonly id: string;
  readonly amountCents: number;
  /** Left out when the customer wrote none; never explicitly undefined. */
  readonly note?: string;
}

interface PendingPayment extends PaymentBase {
  readonly status: 'pending';
}

interface AuthorizedPayment extends PaymentBase {
  readonly status: 'authorized';
  readonly authorizationCode: string;
}

interface CapturedPayment extends PaymentBase {
  readonly status: 'captured';
  /** Milliseconds since the epoch. */
  readonly capturedAt: number;
  /** Left out until the bank has reported its fee; 0 when there is none. */
  readonly feeCents?: number;
}

interface FailedPayment extends PaymentBase {
  readonly status: 'failed';
  readonly reason: FailureReason;
}

/** A payment in one of its states; `status` tells which. */
export type Payment = PendingPayment | AuthorizedPayment | CapturedPayment | FailedPayment;

/** Whether `value` is one of the words of {@link FailureReason}. */
export function isFailureReason(value: unknown): value is FailureReason {
  return FAILURE_REASONS.some((reason) => reason === value);
}

/** Whether `value` has everything that {@link Payment} promises. Accepts any value, never throws. */
export function isPayment(value: unknown): value is Payment {
  if (!isRecord(value)) return false;
  switch (value['status']) {
    case 'pending':
    case 'authorized':
    case 'captured':
    case 'failed':
      return true;
    default:
      return false;
  }
}

/**
 * Continues only when `value` is a payment.
 *
 * @throws TypeError when it is not.
 */
export function assertPayment(value: unknown): asserts value is Payment {
  if (!isPayment(value)) throw new TypeError('Not a payment');
}

/**
 * Reads a payment from the body of a webhook.
 *
 * @throws SyntaxError when `json` is not JSON at all.
 * @throws TypeError when it is JSON, but not a payment.
 */
export function parsePayment(json: string): Payment {
  const value: unknown = JSON.parse(json);
  assertPayment(value);
  return value;
}

/** One line about a payment, for the support desk. */
export function describePayment(payment: Payment): string {
  const { id, amountCents } = payment;
  switch (payment.status) {
    case 'pending':
      return `${id} waits for ${amountCents} cents`;
    case 'authorized':
      return `${id} holds ${amountCents} cents under ${payment.authorizationCode}`;
    case 'captured':
      return `${id} took ${amountCents} cents, fee ${payment.feeCents ?? 'unknown'}`;
    case 'failed':
      return `${id} failed: ${payment.reason}`;
    default:
      return unreachable(payment);
  }
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
  for (const payment of payments) {
    if (payment.status !== 'captured') continue;
    schedule(() => `receipt for ${payment.id}, captured at ${payment.capturedAt}`);
  }
}

type UnknownRecord = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === 'object' && value !== null;
}

function unreachable(payment: never): never {
  throw new Error(`No description for ${JSON.stringify(payment)}`);
}
