/**
 * The day (YYYY-MM-DD) on which an evaluation edition ends that is installed on `today` by its own clock: servers run
 * for 180 days, clients for 90 (Microsoft's Evaluation Center; A85).
 */
export function evaluationEnd(product: "client" | "server", today: Date): string {
  const days = product === "server" ? 180 : 90;
  return new Date(today.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}
