// All jobs read one variable that the loop assigns again and again. The compiler drops the narrowing in
// the callback for that reason, and a second test inside it only silences the complaint: every job then
// writes the receipt of the last payment.
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
  if (typeof value['id'] !== 'string' || typeof value['amountCents'] !== 'number') return false;
  if (!isAbsentOr('string', value, 'note')) return false;
  switch (value['status']) {
    case 'pending':
      return true;
    case 'authorized':
      return typeof value['authorizationCode'] === 'string';
    case 'captured':
      return typeof value['capturedAt'] === 'number' && isAbsentOr('number', value, 'feeCents');
    case 'failed':
      return isFailureReason(value['reason']);
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
  let current: Payment | undefined;
  for (const payment of payments) {
    current = payment;
    if (current.status !== 'captured') continue;
    schedule(() => {
      if (current?.status !== 'captured') return '';
      return `receipt for ${current.id}, captured at ${current.capturedAt}`;
    });
  }
}

type UnknownRecord = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === 'object' && value !== null;
}

/** An optional property may be missing; one that is there, even as undefined, must have its type. */
function isAbsentOr(type: 'string' | 'number', record: UnknownRecord, key: string): boolean {
  return !(key in record) || typeof record[key] === type;
}

function unreachable(payment: never): never {
  throw new Error(`No description for ${JSON.stringify(payment)}`);
}
