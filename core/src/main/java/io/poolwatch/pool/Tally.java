package io.poolwatch.pool;

/** The mutable sums behind a {@link Counts}; confined to its thread or guarded by its holder. */
final class Tally {

  long hits;
  long misses;
  long errors;
  long kept;
  long collected;
  long ownerGone;
  final long[] drops = new long[DropReason.values().length];

  void add(Tally other) {
    hits += other.hits;
    misses += other.misses;
    errors += other.errors;
    kept += other.kept;
    collected += other.collected;
    ownerGone += other.ownerGone;
    for (int i = 0; i < drops.length; i++) {
      drops[i] += other.drops[i];
    }
  }

  Counts toCounts() {
    return new Counts(hits, misses, errors, kept, collected, ownerGone, drops.clone());
  }
}
