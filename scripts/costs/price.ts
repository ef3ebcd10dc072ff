/** What AWS charges for something in us-east-1, without its free tier. */
export interface Price {
  what: string;
  dollars: number;
  /** How many `unit` that is for. */
  per: number;
  unit: string;
  source: string;
  /** Whether the number was read at the source, and not where others quote it: AWS's pages fill most in by script. */
  isRead: boolean;
  /** What is free in a month. */
  free?: string;
}
