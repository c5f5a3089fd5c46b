package io.poolwatch.agent.violation;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.export.AgentEvent;
import io.poolwatch.agent.export.Notices;
import io.poolwatch.book.Books;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.violation.Sighting;
import io.poolwatch.violation.Violations;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViolationReportsTest {
  private static final long MINUTE = 61_000_000_000L;

  /** Reports that wait at most, and kinds of them that are told apart. */
  private static final int MOST = 128;

  private final PoolSystem system = PoolSystem.named("reports").build();
  private final Ledger ledger = new Ledger((any, facts) -> facts.givenName(), 1_000);
  private final List<String> log = new ArrayList<>();
  private final List<AgentEvent> events = new ArrayList<>();
  private final List<Object> pools = new ArrayList<>();
  private final ViolationReports reports =
      new ViolationReports(
          ledger,
          new Notices() {
            @Override
            public void info(String line) {
              throw new AssertionError(line);
            }

            @Override
            public void warn(String line) {
              log.add(line);
            }
          },
          events::add);

  @BeforeEach
  void forgetWhatOtherTestsLeft() {
    while (Violations.poll() != null) {
      // each
    }
  }

  private ObjectBook pool(@Nullable String name) {
    PoolFacts facts = new PoolFacts("example.Pool");
    facts.name(name);
    ObjectBook book = new ObjectBook(system, facts);
    Object pool = new Object();
    pools.add(pool);
    Books.register(pool, book);
    return book;
  }

  private static void here(ObjectBook book, @Nullable Sighting returned) {
    Violations.found(book, ViolationKind.DOUBLE_RETURN, "example.Part", null, returned, null, null);
  }

  private static void there(ObjectBook book) {
    Violations.found(book, ViolationKind.DOUBLE_RETURN, "example.Part", null, null, null, null);
  }

  private List<String> told(String text) {
    return log.stream().filter(line -> line.contains(text)).collect(Collectors.toList());
  }

  @Test
  void thoseThatAreAlikeAreToldOnceAndSummedUpByTheMinute() {
    ObjectBook book = pool("alike");
    for (int i = 0; i < 5; i++) {
      here(book, null);
    }
    reports.tick(System.nanoTime());
    assertThat(log).hasSize(1);
    assertThat(log.get(0)).startsWith("double_return in pool alike (reports), object of example.P");
    assertThat(events).hasSize(1);

    reports.tick(System.nanoTime() + MINUTE);
    assertThat(told("pool alike")).hasSize(2);
    assertThat(told("pool alike").get(1)).startsWith("4 more of: double_return in pool alike (");
    int lines = log.size();
    reports.tick(System.nanoTime() + 2 * MINUTE);
    assertThat(log).as("nothing new").hasSize(lines);
  }

  @Test
  void oneIsToldAgainOnceBothSidesAreKnownAndNeverAThirdTime() {
    ObjectBook book = pool("both");
    Sighting returned = Sighting.now(1);
    for (Sighting before : new Sighting[] {null, null, returned, returned, null}) {
      here(book, before);
    }
    reports.tick(System.nanoTime());
    assertThat(log).hasSize(2);
    assertThat(log.get(0)).contains("the other side was not seen").doesNotContain("given back bef");
    assertThat(log.get(1)).contains("given back before by").doesNotContain("was not seen");
    assertThat(events).extracting(AgentEvent::body).containsExactlyElementsOf(log);
    reports.close();
    assertThat(told("3 more of: double_return in pool both")).hasSize(1);
  }

  @Test
  void thoseOfAnotherPlacePoolOrKindAreToldApart() {
    ObjectBook book = pool("one");
    here(book, null);
    there(book);
    here(pool("other"), null);
    Violations.found(book, ViolationKind.FOREIGN_RETURN, null, null, null, null, null);
    reports.tick(System.nanoTime());
    assertThat(log).hasSize(4);
  }

  @Test
  void whatIsBeyondTheFoldsIsCountedAndSaidNotToBeDescribed() {
    long untoldBefore = Violations.untold();
    List<ObjectBook> books = new ArrayList<>();
    for (int i = 0; i < MOST + 5; i++) {
      books.add(pool("pool " + i));
    }
    books.add(books.get(0));
    for (ObjectBook book : books) {
      here(book, null);
      reports.tick(System.nanoTime());
    }
    assertThat(told("double_return in pool pool ")).hasSize(MOST);
    reports.close();
    assertThat(told("1 more of: double_return in pool pool 0 ")).hasSize(1);
    assertThat(told("not described"))
        .containsExactly(
            (untoldBefore + 5)
                + " broken contracts were counted and not described: too many at a time");
    assertThat(told("broken contracts by pool:")).hasSize(1);
    assertThat(told("broken contracts by pool:").get(0))
        .contains("  pool 0  double_return 2", "  pool " + (MOST + 4) + "  double_return 1");
  }

  @Test
  void whatIsBeyondTheRoomIsCountedAndSaidNotToBeDescribed() {
    long untoldBefore = Violations.untold();
    for (int i = 0; i < 200; i++) {
      here(pool("room " + i), null);
    }
    reports.close();
    assertThat(told("double_return in pool room ")).hasSize(MOST);
    assertThat(told((untoldBefore + 200 - MOST) + " broken contracts were counted")).hasSize(1);
    assertThat(told("broken contracts by pool:").get(0)).contains("  room 199  double_return 1");
  }

  @Test
  void floodOfOneKindLeavesRoomForAnother() {
    ObjectBook book = pool("flood");
    long untoldBefore = Violations.untold();
    for (int i = 0; i < 400; i++) {
      here(book, null);
    }
    here(pool("trickle"), null);
    there(book);
    reports.close();
    assertThat(told("double_return in pool trickle")).hasSize(1);
    assertThat(told("399 more of: double_return in pool flood")).hasSize(1);
    assertThat(told("double_return in pool flood")).as("two of them, and the sum").hasSize(3);
    assertThat(Violations.untold()).isEqualTo(untoldBefore);
  }

  @Test
  void noMoreStacksAreTakenOfAFloodThanWouldHurt() {
    ObjectBook book = pool("torrent");
    long untoldBefore = Violations.untold();
    for (int i = 0; i < 1_001; i++) {
      if (i == 1_000) {
        assertThat(Violations.untold()).isEqualTo(untoldBefore + 500);
        reports.tick(System.nanoTime());
      }
      here(book, null);
    }
    reports.close();
    assertThat(told("500 more of: double_return in pool torrent")).hasSize(1);
    assertThat(told("broken contracts by pool:").get(0)).contains("  torrent  double_return 1001");
  }

  @Test
  void poolThatIsNotReportedIsNotToldOf() {
    here(pool(null), null);
    reports.close();
    assertThat(log).noneMatch(line -> line.contains("double_return"));
    assertThat(events).isEmpty();
  }

  @Test
  void libraryThatIsSwitchedOffIsNotToldOf() {
    ObjectBook book = pool("off");
    here(book, null);
    while (!system.breaker().isOpen()) {
      system.breaker().failed(new IllegalStateException("ours"));
    }
    reports.tick(System.nanoTime());
    assertThat(log).isEmpty();
  }

  @Test
  void recordHasAllThatAPersonNeeds() {
    ObjectBook book = pool("record");
    Sighting seen = Sighting.now(1);
    Violations.found(
        book, ViolationKind.USE_AFTER_DESTROY, "example.Part", seen, seen, seen, "it is gone");
    reports.tick(System.nanoTime());
    assertThat(events).hasSize(1);
    assertThat(events.get(0).name()).isEqualTo("poolwatch.violation");
    assertThat(events.get(0).attributes())
        .containsEntry("poolwatch.pool.name", "record")
        .containsEntry("poolwatch.pool.system", "reports")
        .containsEntry("poolwatch.pool.object.type", "example.Part")
        .containsEntry("poolwatch.violation", "use_after_destroy")
        .containsEntry("thread.name", Thread.currentThread().getName())
        .containsKeys(
            "poolwatch.return.thread.name",
            "poolwatch.borrow.thread.name",
            "poolwatch.destroy.thread.name");
    for (String stack :
        List.of("code", "poolwatch.return", "poolwatch.borrow", "poolwatch.destroy")) {
      assertThat(events.get(0).attributes().get(stack + ".stacktrace"))
          .contains("ViolationReportsTest.recordHasAllThatAPersonNeeds");
    }
    assertThat(events.get(0).body()).contains("destroyed by thread ", "note: it is gone");
  }
}
