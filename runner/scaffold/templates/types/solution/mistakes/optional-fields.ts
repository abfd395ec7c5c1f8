/*
 * TODO: One or two sentences to the learner who holds this misconception, such as: with `?` a field may be
 * left out, and a row that was read in part looks complete.
 */
export type Row<T> = { [Field in keyof T]?: T[Field] | null };
