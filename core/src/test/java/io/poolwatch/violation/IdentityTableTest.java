package io.poolwatch.violation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentityTableTest {
  private final IdentityTable<String> table = new IdentityTable<>();

  @Test
  void eachObjectHasItsOwnAndIsNeverAsked() {
    Touchy one = new Touchy();
    Touchy other = new Touchy();
    table.put(one, "one");
    table.put(other, "other");
    table.put(one, "one again");
    assertThat(table.get(one)).isEqualTo("one again");
    assertThat(table.remove(other)).isEqualTo("other");
    assertThat(table.get(other)).isNull();
    assertThat(table.remove(other)).isNull();
    assertThat(table.get(one)).isEqualTo("one again");
    assertThat(table.hasOverflowed()).isFalse();
  }

  @Test
  void oldOnesMakeRoomAndThatIsKnown() {
    List<Object> held = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      Object each = new Object();
      held.add(each);
      table.put(each, "" + i);
    }
    assertThat(table.hasOverflowed()).isTrue();
    long known = 0;
    for (int i = 0; i < held.size(); i++) {
      String value = table.get(held.get(i));
      assertThat(value).isIn(null, "" + i);
      known += value == null ? 0 : 1;
    }
    assertThat(known).isBetween(7_000L, 8_192L);
    assertThat(table.get(held.get(held.size() - 1))).isEqualTo("19999");
  }

  @Test
  void collectedObjectIsToldOnceAndRemovedOnesAreNot() throws Exception {
    IdentityTable<String> telling = IdentityTable.telling();
    Object kept = new Object();
    telling.put(kept, "kept");
    putAndDrop(telling);
    String told = null;
    for (int i = 0; told == null; i++) {
      assertThat(i).as("collections").isLessThan(200);
      System.gc();
      Thread.sleep(5);
      told = telling.pollCollected();
    }
    assertThat(told).isEqualTo("dropped");
    System.gc();
    Thread.sleep(20);
    assertThat(telling.pollCollected()).isNull();
    assertThat(telling.get(kept)).isEqualTo("kept");
  }

  private static void putAndDrop(IdentityTable<String> table) {
    table.put(new Object(), "dropped");
    Object removed = new Object();
    table.put(removed, "removed");
    table.remove(removed);
  }
}
