package io.poolwatch.woven.commonspool2;

import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.Breaker;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Unpooled;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.guard.Quarantine;
import java.util.EnumSet;
import java.util.Set;

/** What pools of Commons Pool2 can do, and the breaker that all hooks of this package share. */
public final class CommonsPool2 {
  /** Value of the attribute {@code poolwatch.pool.system}. */
  public static final String ID = "commons_pool2";

  /** All pools of this library, in every copy of it. */
  public static final PoolSystem SYSTEM =
      PoolSystem.named(ID)
          .borrowOutcomes(EnumSet.allOf(BorrowOutcome.class))
          .missCauses(
              Unpooled.missCauses(
                  Quarantine.missCauses(
                      EnumSet.of(
                          MissCause.COLD,
                          MissCause.FRAGMENTED,
                          MissCause.CAPACITY,
                          MissCause.EVICTED,
                          MissCause.INVALID,
                          MissCause.ABANDONED,
                          MissCause.CLEARED,
                          MissCause.DISABLED,
                          MissCause.OTHER))))
          .removalReasons(
              Unpooled.removalReasons(
                  Quarantine.removalReasons(
                      EnumSet.of(
                          RemovalReason.CAPACITY,
                          RemovalReason.EVICTED,
                          RemovalReason.INVALID,
                          RemovalReason.INVALIDATED,
                          RemovalReason.ABANDONED,
                          RemovalReason.CLEARED,
                          RemovalReason.CLOSED,
                          RemovalReason.POOL_GONE,
                          RemovalReason.LEAKED,
                          RemovalReason.ERROR))))
          .violations(
              EnumSet.of(
                  ViolationKind.DOUBLE_RETURN,
                  ViolationKind.FOREIGN_RETURN,
                  ViolationKind.USE_AFTER_RETURN,
                  ViolationKind.WRITE_AFTER_RETURN,
                  ViolationKind.USE_AFTER_DESTROY,
                  ViolationKind.VALIDATE_DESTROY_RACE,
                  ViolationKind.UNBUILT_USE,
                  ViolationKind.LEAK,
                  ViolationKind.OVERDUE))
          .validating()
          .waiting()
          .tellingBirths()
          .build();

  /**
   * Pools whose classes were loaded before the agent: woven code does not reach the objects there,
   * only the library's records of them.
   */
  public static final PoolSystem LATE =
      PoolSystem.named(ID)
          .partOf(SYSTEM)
          .borrowOutcomes(SYSTEM.borrowOutcomes())
          .missCauses(SYSTEM.missCauses())
          .removalReasons(without(SYSTEM.removalReasons(), RemovalReason.LEAKED))
          .violations(
              EnumSet.of(
                  ViolationKind.DOUBLE_RETURN,
                  ViolationKind.USE_AFTER_DESTROY,
                  ViolationKind.VALIDATE_DESTROY_RACE,
                  ViolationKind.UNBUILT_USE,
                  ViolationKind.OVERDUE))
          .validating()
          .waiting()
          .build();

  static final Breaker BREAKER = SYSTEM.breaker();

  private CommonsPool2() {}

  private static Set<RemovalReason> without(Set<RemovalReason> all, RemovalReason one) {
    Set<RemovalReason> others = EnumSet.copyOf(all);
    others.remove(one);
    return others;
  }
}
