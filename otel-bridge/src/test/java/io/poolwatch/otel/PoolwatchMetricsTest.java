package io.poolwatch.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Share;
import io.poolwatch.book.ShareBook;
import io.poolwatch.book.ViolationKind;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is exported of a pool's counts, and of which pools. */
class PoolwatchMetricsTest extends ExportedPools {
  @Test
  void everySeriesThatAPoolCanHaveIsZeroInItsFirstExport() {
    pool("unused", EAGER);

    Exported batch = export();

    assertThat(batch.longs(PoolwatchMetric.BORROWS, "unused"))
        .isEqualTo(Map.of("hit", 0L, "miss", 0L, "exhausted", 0L, "error", 0L));
    assertThat(batch.longs(PoolwatchMetric.MISSES, "unused"))
        .isEqualTo(Map.of("disabled", 0L, "other", 0L));
    assertThat(batch.longs(PoolwatchMetric.RETURNS, "unused"))
        .isEqualTo(Map.of("pooled", 0L, "discarded", 0L, "rejected", 0L));
    assertThat(batch.longs(PoolwatchMetric.OBJECT_REMOVED, "unused"))
        .hasSize(RemovalReason.values().length)
        .allSatisfy((reason, count) -> assertThat(count).isZero());
    assertThat(batch.longs(PoolwatchMetric.OBJECT_COUNT, "unused"))
        .isEqualTo(Map.of("idle", 0L, "used", 0L));
    assertThat(batch.longs(PoolwatchMetric.VALIDATIONS, "unused"))
        .isEqualTo(Map.of("valid", 0L, "invalid", 0L, "error", 0L));
    assertThat(batch.longs(PoolwatchMetric.OBJECT_CREATED, "unused")).isEqualTo(Map.of("", 0L));
    assertThat(batch.longs(PoolwatchMetric.PENDING_REQUESTS, "unused")).isEqualTo(Map.of("", 0L));
  }

  @Test
  void whatAPoolCannotHaveIsAbsent() {
    pool("plain", PLAIN);

    Exported batch = export();

    assertThat(batch.longs(PoolwatchMetric.BORROWS, "plain").keySet())
        .containsExactlyInAnyOrder("hit", "miss");
    assertThat(batch.longs(PoolwatchMetric.MISSES, "plain").keySet()).containsExactly("other");
    assertThat(batch.longs(PoolwatchMetric.OBJECT_REMOVED, "plain").keySet())
        .containsExactly("pool_gone");
    assertThat(batch.longs(PoolwatchMetric.VALIDATIONS, "plain")).isEmpty();
    assertThat(batch.longs(PoolwatchMetric.PENDING_REQUESTS, "plain")).isEmpty();
    assertThat(batch.longs(PoolwatchMetric.OBJECT_LIMIT, "plain")).isEmpty();
    assertThat(batch.metric(PoolwatchMetric.HIT_RATIO)).isEmpty();
  }

  @Test
  void whatWasCountedAgainstTheDescriptionIsReportedAllTheSame() {
    ObjectBook book = pool("surprising", PLAIN);
    book.exhausted();

    assertThat(export().longs(PoolwatchMetric.BORROWS, "surprising"))
        .containsEntry("exhausted", 1L);
  }

  @Test
  void countsAreExportedToTheUnit() {
    ObjectBook book = pool("counted", EAGER);
    Life life = new Life();
    book.created(life, null);
    book.lent(life, true);
    book.returned(life);
    book.valid(life);
    book.lent(life, false);
    book.discarded(life, RemovalReason.INVALID);
    book.invalid();
    book.waitBegins();

    Exported batch = export();

    assertThat(batch.longs(PoolwatchMetric.BORROWS, "counted"))
        .containsEntry("hit", 1L)
        .containsEntry("miss", 1L);
    assertThat(batch.longs(PoolwatchMetric.RETURNS, "counted"))
        .containsEntry("pooled", 1L)
        .containsEntry("discarded", 1L);
    assertThat(batch.longs(PoolwatchMetric.OBJECT_REMOVED, "counted")).containsEntry("invalid", 1L);
    assertThat(batch.longs(PoolwatchMetric.VALIDATIONS, "counted"))
        .isEqualTo(Map.of("valid", 1L, "invalid", 1L, "error", 0L));
    assertThat(batch.longs(PoolwatchMetric.PENDING_REQUESTS, "counted")).isEqualTo(Map.of("", 1L));
    assertThat(batch.longs(PoolwatchMetric.KEY_COUNT, "counted")).as("it has no keys").isEmpty();
  }

  @Test
  void limitsAreAbsentAsSoonAsOnePoolOfTheNameIsUnlimited() {
    ObjectBook bounded = pool("twins", PLAIN);
    bounded.idleLimit(8);
    bounded.totalLimit(10);
    assertThat(export().longs(PoolwatchMetric.OBJECT_LIMIT, "twins"))
        .isEqualTo(Map.of("idle", 8L, "total", 10L));

    pool("twins", PLAIN).idleLimit(4);

    assertThat(export().longs(PoolwatchMetric.OBJECT_LIMIT, "twins"))
        .isEqualTo(Map.of("idle", 12L));
  }

  @Test
  void hitRatioTellsTheLastFullMinute() {
    long start = System.nanoTime();
    ObjectBook book = pool("ratio", PLAIN);
    Life life = new Life();
    book.created(life, null);
    for (int i = 0; i < 4; i++) {
      book.lent(life, i == 0);
      book.returned(life);
    }
    ledger.tick(start);
    assertThat(export().metric(PoolwatchMetric.HIT_RATIO)).isEmpty();

    ledger.tick(start + 61_000_000_000L);

    assertThat(export().metric(PoolwatchMetric.HIT_RATIO))
        .hasValueSatisfying(
            data ->
                assertThat(data.getDoubleGaugeData().getPoints())
                    .singleElement()
                    .satisfies(point -> assertThat(point.getValue()).isEqualTo(0.75)));
    ledger.tick(start + 122_000_000_000L);
    assertThat(export().metric(PoolwatchMetric.HIT_RATIO)).isEmpty();
  }

  @Test
  void worthIsAbsentUntilABuildingWasMeasured() {
    ObjectBook book = pool("worth", PLAIN);
    Life life = new Life();
    book.created(life, null);
    book.lent(life, true);
    book.returned(life);
    book.lent(life, false);
    assertThat(export().metric(PoolwatchMetric.ALLOCATION_AVOIDED)).isEmpty();
    assertThat(export().metric(PoolwatchMetric.TIME_SAVED)).isEmpty();
    assertThat(export().metric(PoolwatchMetric.TIME_PAID)).isEmpty();
    assertThat(export().metric(PoolwatchMetric.OBJECT_SIZE)).isEmpty();

    build(book);
    Exported batch = export();

    assertThat(batch.longs(PoolwatchMetric.ALLOCATION_AVOIDED, "worth"))
        .isEqualTo(Map.of("", 300L));
    assertThat(batch.longs(PoolwatchMetric.OBJECT_SIZE, "worth"))
        .isEqualTo(Map.of("idle", 0L, "used", 64L));
    assertThat(batch.metric(PoolwatchMetric.TIME_SAVED)).isPresent();
  }

  @Test
  void poolsWhoseAdviceWasSwitchedOffAreNoLongerReported() {
    PoolSystem failing = PoolSystem.named("failing").build();
    pool("broken", failing);
    assertThat(export().longs(PoolwatchMetric.BORROWS, "broken")).isNotEmpty();

    for (int i = 0; i < io.poolwatch.book.Breaker.LIMIT; i++) {
      failing.breaker().failed(new IllegalStateException("planted"));
    }

    assertThat(export().longs(PoolwatchMetric.BORROWS, "broken")).isEmpty();
  }

  @Test
  void usesAreNotReportedOfPoolsWhoseGuardWasSwitchedOff() {
    PoolSystem failing =
        PoolSystem.named("unguarded").violations(EnumSet.allOf(ViolationKind.class)).build();
    pool("unguarded", failing);
    assertThat(export().longs(PoolwatchMetric.VIOLATIONS, "unguarded"))
        .hasSize(ViolationKind.values().length)
        .containsKey("use_after_return");

    for (int i = 0; i < io.poolwatch.book.Breaker.LIMIT; i++) {
      failing.guard().failed(new IllegalStateException("planted"));
    }

    assertThat(export().longs(PoolwatchMetric.VIOLATIONS, "unguarded"))
        .hasSize(ViolationKind.values().length - 1)
        .doesNotContainKey("use_after_return");
  }

  @Test
  void nothingIsObservedAfterClose() {
    pool("closed", EAGER);
    metrics.close();

    assertThat(reader.collectAllMetrics()).isEmpty();
  }

  @Test
  void whatIsNotKnownOfAPoolThatWasInUseBeforeIsNotExported() {
    ShareBook late = new ShareBook(PLAIN, new PoolFacts("late"));
    late.inherit();
    late.settled();
    register(late);
    Share share = late.open(pools, true);
    share.miss();
    share.hit();

    Exported batch = export();

    assertThat(batch.longs(PoolwatchMetric.BORROWS, "late"))
        .isEqualTo(Map.of("hit", 1L, "miss", 1L));
    assertThat(batch.longs(PoolwatchMetric.OBJECT_COUNT, "late")).isEmpty();
    assertThat(batch.longs(PoolwatchMetric.OBJECT_SIZE, "late")).isEmpty();
  }
}
