package io.poolwatch.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.Books;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.RemovalReason;
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

  private final List<Object> pools = new ArrayList<>();

  private ObjectBook pool(String name) {
    ObjectBook book = new ObjectBook(SYSTEM, new PoolFacts(name));
    Object pool = new Object();
    pools.add(pool);
    Books.register(pool, book);
    return book;
  }

  private List<String> lines() {
    Ledger ledger =
        new Ledger(
            (system, facts) -> facts.poolClass().startsWith("old:") ? facts.poolClass() : null,
            100);
    List<String> lines = OldGeneration.lines(ledger.snapshot());
    Reference.reachabilityFence(pools);
    return lines;
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
      ObjectBook book = pool("old:buffers");
      List<Life> old = made(book, 5);
      collections.promoteAll(PromotionKind.AGED);
      made(book, 155);
      made(pool("old:young"), 10);
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
  void whereTheJvmDoesNotTellOneLineSaysSo() {
    assertThat(Epochs.isOn()).isFalse();
    made(pool("old:unknown"), 1);
    made(pool("old:other"), 1);
    assertThat(lines()).containsExactly("what lies in the old generation is not known");
  }
}
