/** A row of a database: each field of `T` may also be null. */
// TODO: Replace `unknown` by a type that follows from `T`.
export type Row<T> = unknown;
