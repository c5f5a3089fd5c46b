package io.poolwatch.book;

/** The {@link Slack} of what a pool has in the old generation. Mutable, not thread-safe. */
final class TenuredSlack {
  final Slack idle = new Slack();
  final Slack used = new Slack();
  final Slack removed = new Slack();

  void add(TenuredSlack other) {
    idle.add(other.idle);
    used.add(other.used);
    removed.add(other.removed);
  }

  /** What was live is thrown away. */
  void bury() {
    removed.add(idle);
    removed.add(used);
    idle.clear();
    used.clear();
  }
}
