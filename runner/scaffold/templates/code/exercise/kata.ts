/**
 * What is left of a budget.
 *
 * @param budget in cents.
 * @param expenses in cents, none of them negative.
 * @returns cents; negative when more was spent than there was.
 */
export function remaining(budget: number, expenses: readonly number[]): number {
  // TODO: Take the expenses off the budget.
  throw new Error('Not implemented yet');
}
