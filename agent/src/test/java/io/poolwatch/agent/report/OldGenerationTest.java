package io.poolwatch.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Share;
import io.poolwatch.gc.Epochs;
import io.poolwatch.gc.PromotionKind;
import io.poolwatch.gc.ScriptedCollections;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OldGenerationTest {
  private static final PoolSystem SYSTEM =
      PoolSystem.named("commons_pool2").tellingBirths().build();

  private final ReportedPools pools = new ReportedPools(SYSTEM, "old:");

  private List<String> lines() {
    return OldGeneration.lines(pools.snapshot());
  }

  private static List<Life> made(ObjectBook book, int count) {
    List<Life> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Life life = new Life();
      book.created(life, life);
      book.lent(life, true);
      all.add(life);
    }
    return all;
  }

  @Test
  void poolsWithOldObjectsHaveALineEachAndOthersNone() {
    try (ScriptedCollections collections = new ScriptedCollections()) {
      ObjectBook book = pools.add("buffers");
      List<Life> old = made(book, 5);
      collections.promoteAll(PromotionKind.AGED);
      made(book, 155);
      made(pools.add("young"), 10);
      book.returned(old.get(0));
      book.returned(old.get(1));
      book.removed(old.get(2), RemovalReason.INVALIDATED);

      assertThat(lines())
          .containsExactly(
              "in the old generation:",
              "  old:buffers: of 160 made 3.1 % were promoted; now 2 idle, 2 used;"
                  + " 1 thrown away after promotion");
    }
  }

  @Test
  void estimatesAreNamedSoAndSayBetweenWhatTheyLie() {
    List<Object> kept = new ArrayList<>();
    try (ScriptedCollections collections = new ScriptedCollections()) {
      Share share = pools.addShared("unguarded").open(kept, true);
      for (int i = 0; i < 20; i++) {
        if (i == 10) {
          collections.promoteAll(PromotionKind.AGED);
        }
        kept.add(new Object());
        share.miss();
        share.know(kept.get(i), null);
      }
      for (int i = 0; i < 8; i++) {
        share.returnedByOwner();
      }
      assertThat(lines())
          .containsExactly(
              "in the old generation:",
              "  old:unguarded, estimated: of 20 made 50.0 % were promoted; now 4 (0 to 8) idle,"
                  + " 6 (2 to 10) used; 0 thrown away after promotion");
    }
    Reference.reachabilityFence(kept);
  }

  @Test
  void whereTheJvmDoesNotTellOneLineSaysSo() {
    assertThat(Epochs.isOn()).isFalse();
    made(pools.add("unknown"), 1);
    made(pools.add("other"), 1);
    assertThat(lines()).containsExactly("what lies in the old generation is not known");
  }
}
