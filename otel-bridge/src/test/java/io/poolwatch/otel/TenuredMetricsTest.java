package io.poolwatch.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.Books;
import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Share;
import io.poolwatch.book.ShareBook;
import io.poolwatch.gc.PromotionKind;
import io.poolwatch.gc.ScriptedCollections;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is exported of the old generation. */
class TenuredMetricsTest extends ExportedPools {
  @Test
  void theOldGenerationIsAbsentWhereTheJvmDoesNotTellAndZeroFromTheFirstExportWhereItDoes() {
    ObjectBook book = pool("aged", TELLING);
    assertThat(export().metric(PoolwatchMetric.PROMOTIONS)).isEmpty();
    assertThat(export().metric(PoolwatchMetric.TENURED_COUNT)).isEmpty();
    assertThat(export().metric(PoolwatchMetric.TENURED_REMOVED)).isEmpty();
    try (ScriptedCollections collections = new ScriptedCollections()) {
      Exported first = export();
      assertThat(first.longs(PoolwatchMetric.PROMOTIONS, "aged"))
          .isEqualTo(Map.of("aged", 0L, "full", 0L, "born_old", 0L));
      assertThat(first.longs(PoolwatchMetric.TENURED_COUNT, "aged"))
          .isEqualTo(Map.of("idle", 0L, "used", 0L));
      assertThat(first.longs(PoolwatchMetric.TENURED_REMOVED, "aged")).isEqualTo(Map.of("", 0L));

      List<Life> lives = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        Life life = new Life();
        book.created(life, life);
        book.lent(life, true);
        lives.add(life);
      }
      collections.promoteAll(PromotionKind.FULL);
      book.returned(lives.get(0));
      book.removed(lives.get(1), RemovalReason.INVALIDATED);
      Exported batch = export();
      assertThat(batch.longs(PoolwatchMetric.PROMOTIONS, "aged"))
          .isEqualTo(Map.of("aged", 0L, "full", 5L, "born_old", 0L));
      assertThat(batch.longs(PoolwatchMetric.TENURED_COUNT, "aged"))
          .isEqualTo(Map.of("idle", 1L, "used", 3L));
      assertThat(batch.longs(PoolwatchMetric.TENURED_REMOVED, "aged")).isEqualTo(Map.of("", 1L));
    }
  }

  @Test
  void estimatesAreMarkedByTheirBoundsAndExactFiguresHaveNone() {
    pool("exact", TELLING);
    ShareBook sampled = new ShareBook(TELLING, new PoolFacts("estimated"));
    Object local = new Object();
    Books.register(local, sampled);
    try (ScriptedCollections collections = new ScriptedCollections()) {
      Share share = sampled.open(local, true);
      List<Object> objects = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        Object object = new Object();
        objects.add(object);
        share.miss();
        share.know(object, null);
      }
      collections.promoteAll(PromotionKind.FULL);
      for (int i = 0; i < 4; i++) {
        share.returnedByOwner();
      }
      Exported batch = export();
      assertThat(batch.longs(PoolwatchMetric.TENURED_BOUND, "exact")).isEmpty();
      assertThat(batch.longs(PoolwatchMetric.TENURED_COUNT, "estimated"))
          .isEqualTo(Map.of("idle", 4L, "used", 5L));
      // All are old, so the idle ones are, too.
      assertThat(batch.longs(PoolwatchMetric.TENURED_BOUND, "estimated"))
          .isEqualTo(
              Map.of(
                  "idle_least", 4L,
                  "idle_most", 4L,
                  "used_least", 5L,
                  "used_most", 5L,
                  "removed_least", 0L,
                  "removed_most", 0L));
      for (int i = 0; i < 9; i++) {
        Object young = new Object();
        objects.add(young);
        share.miss();
        share.know(young, null);
      }
      assertThat(export().longs(PoolwatchMetric.TENURED_BOUND, "estimated"))
          .containsEntry("idle_least", 0L)
          .containsEntry("idle_most", 4L)
          .containsEntry("used_least", 5L)
          .containsEntry("used_most", 9L);
      Reference.reachabilityFence(objects);
      Reference.reachabilityFence(local);
    }
  }
}
