package io.poolwatch.woven.nettyrecycler;

import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.Breaker;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Unpooled;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.guard.Quarantine;
import java.util.EnumSet;

/**
 * What Recyclers can do, and the breaker that all hooks of this package share.
 *
 * <p>A get and a recycle of a pooled object take 9 ns together, so the hooks on that path ({@link
 * GetHooks#acquired}, {@link ReturnHooks#keptByOwner}, {@link ReturnHooks#releasing}, {@link
 * ReturnHooks#released}) are a few instructions that cannot throw, and do not even ask whether they
 * are switched off. A share or a book is null only where an object was made without its
 * constructor; then nothing is counted.
 */
public final class NettyRecyclers {
  /** What a Recycler can do. */
  public static final PoolSystem SYSTEM =
      PoolSystem.named("netty_recycler")
          .borrowOutcomes(EnumSet.of(BorrowOutcome.HIT, BorrowOutcome.MISS, BorrowOutcome.ERROR))
          .missCauses(
              Quarantine.missCauses(
                  Unpooled.missCauses(
                      EnumSet.of(
                          MissCause.COLD,
                          MissCause.FRAGMENTED,
                          MissCause.CAPACITY,
                          MissCause.OWNER_GONE,
                          MissCause.NOT_ADMITTED,
                          MissCause.DISABLED,
                          MissCause.OTHER))))
          .removalReasons(
              Quarantine.removalReasons(
                  Unpooled.removalReasons(
                      EnumSet.of(
                          RemovalReason.CAPACITY,
                          RemovalReason.OWNER_GONE,
                          RemovalReason.POOL_GONE,
                          RemovalReason.LEAKED,
                          RemovalReason.NOT_ADMITTED,
                          RemovalReason.DISABLED))))
          .violations(
              EnumSet.of(
                  ViolationKind.DOUBLE_RETURN,
                  ViolationKind.FOREIGN_RETURN,
                  ViolationKind.USE_AFTER_RETURN,
                  ViolationKind.WRITE_AFTER_RETURN,
                  ViolationKind.LEAK))
          .tellingBirths()
          .build();

  /**
   * Recyclers whose classes were loaded before the agent: what came and went is known of them, and
   * not what they have, nor why they missed.
   */
  public static final PoolSystem LATE =
      PoolSystem.named(SYSTEM.id())
          .partOf(SYSTEM)
          .borrowOutcomes(SYSTEM.borrowOutcomes())
          .missCauses(EnumSet.of(MissCause.DISABLED, MissCause.OTHER))
          .removalReasons(
              EnumSet.of(
                  RemovalReason.CAPACITY,
                  RemovalReason.OWNER_GONE,
                  RemovalReason.NOT_ADMITTED,
                  RemovalReason.DISABLED))
          .violations(EnumSet.of(ViolationKind.DOUBLE_RETURN, ViolationKind.FOREIGN_RETURN))
          .build();

  static final Breaker BREAKER = SYSTEM.breaker();

  private NettyRecyclers() {}
}
