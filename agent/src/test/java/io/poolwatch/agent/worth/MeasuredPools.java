package io.poolwatch.agent.worth;

import io.poolwatch.book.PoolAppraisal;
import java.util.List;

/** For tests of what shows it: a service of ten seconds with pools of the test's choice. */
public final class MeasuredPools {
  private MeasuredPools() {}

  /** 300 MB and two young collections a second, each of which promoted at least 2.5 MB. */
  public static WithoutPools of(List<PoolAppraisal> pools) {
    HeapReading first = new HeapReading(0, 0, 0, 0, 0, false);
    HeapReading last = new HeapReading(10_000_000_000L, 3_000_000_000L, 20, 200, 50_000_000, true);
    WithoutPools without = WithoutPools.between(first, last, List.of(), pools);
    if (without == null) {
      throw new IllegalStateException("nobody borrowed");
    }
    return without;
  }
}
