/*
 * TODO: One or two sentences to the learner who holds this misconception, such as: the result stops at
 * zero, so that nobody sees by how much the budget was overspent.
 */
export function remaining(budget: number, expenses: readonly number[]): number {
  return Math.max(
    0,
    expenses.reduce((left, expense) => left - expense, budget),
  );
}
