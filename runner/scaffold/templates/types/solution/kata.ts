// TODO: Replace this sample by the types that you would be proud to show; start here.

/** A row of a database: each field of `T` may also be null. */
export type Row<T> = { [Field in keyof T]: T[Field] | null };
