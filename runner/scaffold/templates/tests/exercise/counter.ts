import type { CreateCounter } from './kata';

/** The counter as it is today. */
export const createCounter: CreateCounter = () => {
  const visits = new Map<string, number>();
  return {
    visit: (page) => void visits.set(page, (visits.get(page) ?? 0) + 1),
    visits: (page) => visits.get(page) ?? 0,
  };
};
