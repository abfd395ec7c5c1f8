/** An estimate in words: `about 45 min`, `about 2 h 10 min`; whole hours from ten hours on. */
export function aboutTime(minutes: number): string {
  if (minutes >= 600) return `about ${Math.round(minutes / 60)} h`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [hours > 0 ? `${hours} h` : '', rest > 0 || hours === 0 ? `${rest} min` : ''];
  return `about ${parts.filter(Boolean).join(' ')}`;
}
