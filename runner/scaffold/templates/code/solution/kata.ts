// TODO: Replace this sample by the solution that you would be proud to show; start here.

/**
 * What is left of a budget.
 *
 * @param budget in cents.
 * @param expenses in cents, none of them negative.
 * @returns cents; negative when more was spent than there was.
 */
export function remaining(budget: number, expenses: readonly number[]): number {
  return expenses.reduce((left, expense) => left - expense, budget);
}
