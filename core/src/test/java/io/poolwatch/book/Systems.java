package io.poolwatch.book;

import java.util.EnumSet;

/** Descriptions of pool libraries for tests. */
final class Systems {
  private Systems() {}

  static PoolSystem everything() {
    return PoolSystem.named("everything")
        .borrowOutcomes(EnumSet.allOf(BorrowOutcome.class))
        .missCauses(EnumSet.allOf(MissCause.class))
        .removalReasons(EnumSet.allOf(RemovalReason.class))
        .validating()
        .waiting()
        .tellingBirths()
        .build();
  }

  static PoolFacts facts() {
    return new PoolFacts("com.example.Pool");
  }
}
