package io.poolwatch.servers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which expressions a store has answered with at least one series so far. */
final class Answers {
  private final MetricsStore store;
  private final Set<String> unanswered;

  Answers(MetricsStore store, List<String> expressions) {
    this.store = store;
    this.unanswered = new LinkedHashSet<>(expressions);
  }

  /** Asks once more what was not answered yet; an error of the store's is a failure. */
  void ask() throws IOException, InterruptedException {
    for (String expression : new ArrayList<>(unanswered)) {
      if (store.values(expression).length > 0) {
        unanswered.remove(expression);
      }
    }
  }

  Set<String> unanswered() {
    return unanswered;
  }
}
