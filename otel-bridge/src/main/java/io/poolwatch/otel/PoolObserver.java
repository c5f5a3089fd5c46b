package io.poolwatch.otel;

import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.PoolBook;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.PoolSnapshot;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.ReturnOutcome;
import io.poolwatch.book.Tally;
import io.poolwatch.book.ValidationOutcome;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.collapse.CollapseReading;
import io.poolwatch.collapse.CollapseState;
import io.poolwatch.gc.PromotionKind;
import io.poolwatch.worth.Worth;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns one pool's snapshot into measurements. What a pool's system can have is reported even when
 * it is 0; what it cannot is reported only if it was counted all the same, because then the sums
 * would no longer be true without it.
 */
final class PoolObserver {
  private static final int IDLE = 0;
  private static final int USED = 1;
  private static final int TOTAL = 1;

  private static final BorrowOutcome[] BORROWS = BorrowOutcome.values();
  private static final MissCause[] CAUSES = MissCause.values();
  private static final ReturnOutcome[] RETURNS = ReturnOutcome.values();
  private static final RemovalReason[] REASONS = RemovalReason.values();
  private static final PromotionKind[] PROMOTIONS = PromotionKind.values();
  private static final ValidationOutcome[] VALIDATIONS = ValidationOutcome.values();
  private static final ViolationKind[] KINDS = ViolationKind.values();
  private static final CollapseState[] STATES = CollapseState.values();

  private final Map<PoolIdentity, PoolSeries> series = new ConcurrentHashMap<>();
  private final Observers to;
  private final @Nullable CollapseReadings readings;

  PoolObserver(Observers to, @Nullable CollapseReadings readings) {
    this.to = to;
    this.readings = readings;
  }

  PoolSeries seriesOf(PoolIdentity identity) {
    return series.computeIfAbsent(identity, PoolSeries::new);
  }

  void observe(PoolSnapshot pool) {
    PoolSeries of = seriesOf(pool.identity());
    PoolSystem system = pool.system();
    Tally tally = pool.tally();
    borrows(of, system, tally);
    returns(of, system, tally);
    objects(of, system, tally);
    worth(of, pool.worth());
    if (pool.knowsTenured()) {
      tenured(of, tally);
    }
    limit(of, IDLE, pool.idleLimit());
    limit(of, TOTAL, pool.totalLimit());
    Double ratio = pool.hitRatio();
    if (ratio != null) {
      ObservableDoubleMeasurement gauge = to.doubles(PoolwatchMetric.HIT_RATIO);
      gauge.record(ratio, of.base());
    }
    if (readings != null) {
      collapse(of, readings.of(pool.identity()));
    }
    for (ViolationKind kind : KINDS) {
      if (kind == ViolationKind.USE_AFTER_RETURN && system.guard().isOpen()) {
        continue; // nobody looks any more
      }
      long count = tally.violations(kind);
      if (count != 0 || system.violations().contains(kind)) {
        to.longs(PoolwatchMetric.VIOLATIONS)
            .record(count, of.with(MetricAttribute.VIOLATION, kind.ordinal()));
      }
    }
    if (system.waits()) {
      to.longs(PoolwatchMetric.PENDING_REQUESTS).record(tally.pending(), of.base());
    }
    if (system.validates()) {
      for (ValidationOutcome outcome : VALIDATIONS) {
        to.longs(PoolwatchMetric.VALIDATIONS)
            .record(
                tally.validations(outcome),
                of.with(MetricAttribute.VALIDATION_OUTCOME, outcome.ordinal()));
      }
    }
  }

  private void collapse(PoolSeries of, @Nullable CollapseReading reading) {
    if (reading != null) {
      for (CollapseState state : STATES) {
        to.longs(PoolwatchMetric.COLLAPSE_STATE)
            .record(
                state == reading.state() ? 1 : 0,
                of.with(MetricAttribute.COLLAPSE_STATE, state.ordinal()));
      }
      to.doubles(PoolwatchMetric.COLLAPSE_SCORE).record(reading.score(), of.base());
    }
  }

  private void borrows(PoolSeries of, PoolSystem system, Tally tally) {
    for (BorrowOutcome outcome : BORROWS) {
      long count = tally.borrows(outcome);
      if (count != 0 || system.borrowOutcomes().contains(outcome)) {
        to.longs(PoolwatchMetric.BORROWS)
            .record(count, of.with(MetricAttribute.BORROW_OUTCOME, outcome.ordinal()));
      }
    }
    for (MissCause cause : CAUSES) {
      long count = tally.misses(cause);
      if (count != 0 || system.missCauses().contains(cause)) {
        to.longs(PoolwatchMetric.MISSES)
            .record(count, of.with(MetricAttribute.MISS_CAUSE, cause.ordinal()));
      }
    }
  }

  private void returns(PoolSeries of, PoolSystem system, Tally tally) {
    for (ReturnOutcome outcome : RETURNS) {
      long count = tally.returns(outcome);
      if (count != 0 || system.returnOutcomes().contains(outcome)) {
        to.longs(PoolwatchMetric.RETURNS)
            .record(count, of.with(MetricAttribute.RETURN_OUTCOME, outcome.ordinal()));
      }
    }
  }

  private void objects(PoolSeries of, PoolSystem system, Tally tally) {
    to.longs(PoolwatchMetric.OBJECT_CREATED).record(tally.created(), of.base());
    for (RemovalReason reason : REASONS) {
      long count = tally.removed(reason);
      if (count != 0 || system.removalReasons().contains(reason)) {
        to.longs(PoolwatchMetric.OBJECT_REMOVED)
            .record(count, of.with(MetricAttribute.REMOVAL_REASON, reason.ordinal()));
      }
    }
    ObservableLongMeasurement count = to.longs(PoolwatchMetric.OBJECT_COUNT);
    if (tally.knowsIdle()) {
      count.record(tally.idle(), of.with(MetricAttribute.OBJECT_STATE, IDLE));
    }
    if (tally.knowsUsed()) {
      count.record(tally.used(), of.with(MetricAttribute.OBJECT_STATE, USED));
    }
    if (tally.hasKeys()) {
      to.longs(PoolwatchMetric.KEY_COUNT).record(tally.keysAsked(), of.base());
      to.longs(PoolwatchMetric.KEY_IDLE).record(tally.idleElsewhere(), of.base());
      to.longs(PoolwatchMetric.KEY_OPENED).record(tally.keysOpened(), of.base());
    }
  }

  private void worth(PoolSeries of, Worth worth) {
    if (worth.idleBytes() >= 0) {
      ObservableLongMeasurement size = to.longs(PoolwatchMetric.OBJECT_SIZE);
      size.record(worth.idleBytes(), of.with(MetricAttribute.OBJECT_STATE, IDLE));
      size.record(worth.usedBytes(), of.with(MetricAttribute.OBJECT_STATE, USED));
    }
    if (worth.allocationAvoided() >= 0) {
      to.longs(PoolwatchMetric.ALLOCATION_AVOIDED).record(worth.allocationAvoided(), of.base());
    }
    seconds(of, PoolwatchMetric.TIME_SAVED, worth.nanosSaved());
    seconds(of, PoolwatchMetric.TIME_PAID, worth.nanosPaid());
  }

  private void seconds(PoolSeries of, PoolwatchMetric metric, double nanos) {
    if (!Double.isNaN(nanos)) {
      to.doubles(metric).record(nanos / 1e9, of.base());
    }
  }

  private void tenured(PoolSeries of, Tally tally) {
    for (PromotionKind kind : PROMOTIONS) {
      to.longs(PoolwatchMetric.PROMOTIONS)
          .record(tally.promotions(kind), of.with(MetricAttribute.PROMOTION_KIND, kind.ordinal()));
    }
    ObservableLongMeasurement count = to.longs(PoolwatchMetric.TENURED_COUNT);
    count.record(tally.tenuredIdle(), of.with(MetricAttribute.OBJECT_STATE, IDLE));
    count.record(tally.tenuredUsed(), of.with(MetricAttribute.OBJECT_STATE, USED));
    to.longs(PoolwatchMetric.TENURED_REMOVED).record(tally.tenuredRemoved(), of.base());
    if (tally.isTenuredEstimated()) {
      bounds(of, tally);
    }
  }

  private void bounds(PoolSeries of, Tally tally) {
    long[] bounds = {
      tally.tenuredIdleLeast(),
      tally.tenuredIdleMost(),
      tally.tenuredUsedLeast(),
      tally.tenuredUsedMost(),
      tally.tenuredRemovedLeast(),
      tally.tenuredRemovedMost()
    };
    ObservableLongMeasurement bound = to.longs(PoolwatchMetric.TENURED_BOUND);
    for (int i = 0; i < bounds.length; i++) {
      bound.record(bounds[i], of.with(MetricAttribute.TENURED_BOUND, i));
    }
  }

  private void limit(PoolSeries of, int state, long limit) {
    if (limit != PoolBook.UNLIMITED) {
      to.longs(PoolwatchMetric.OBJECT_LIMIT)
          .record(limit, of.with(MetricAttribute.LIMIT_STATE, state));
    }
  }
}
