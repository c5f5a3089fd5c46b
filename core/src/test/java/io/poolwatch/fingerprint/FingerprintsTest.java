package io.poolwatch.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.Tally;
import io.poolwatch.book.ViolationKind;
import java.lang.ref.WeakReference;
import java.util.EnumSet;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What pools say of idle objects, and what is made of it. */
class FingerprintsTest {
  private static final PoolSystem SYSTEM =
      PoolSystem.named("test").violations(EnumSet.allOf(ViolationKind.class)).build();

  private final ObjectBook book = new ObjectBook(SYSTEM, new PoolFacts("Pool"));
  private final Life life = new Life();

  @BeforeEach
  void open() {
    OpenMemory.open();
    Fingerprints.classes(name -> true);
    Fingerprints.rate(1);
    book.created(life, null);
  }

  @AfterEach
  void close() {
    Fingerprints.rate(0);
    while (Fingerprints.pollAside() != null) {
      // of another test
    }
  }

  private static final class Part {
    int value;
  }

  private long found() {
    Tally tally = new Tally();
    book.tally(tally);
    return tally.violations(ViolationKind.WRITE_AFTER_RETURN);
  }

  private void cycle(Object object, Runnable whileIdle) {
    book.lent(life, false);
    book.returned(life);
    if (Fingerprints.isDue(life)) {
      Fingerprints.take(book, life, object);
    }
    whileIdle.run();
    if (life.print() != null) {
      Fingerprints.check(book, life, object);
    }
  }

  @Test
  void eachWriteToAnArrayIsFoundAtOnce() {
    byte[] object = new byte[10];
    for (int i = 1; i <= 5; i++) {
      cycle(object, () -> object[3]++);
      cycle(object, () -> {});
      assertThat(found()).isEqualTo(i);
    }
  }

  @Test
  void objectThatIsLeftIsLookedAtNoMore() {
    byte[] object = new byte[10];
    book.lent(life, false);
    book.returned(life);
    Fingerprints.take(book, life, object);
    Fingerprints.leave(life);
    object[3]++;
    assertThat(Fingerprints.check(book, life, object)).isFalse();
    cycle(object, () -> object[3]++);

    assertThat(found()).isZero();
    assertThat(Fingerprints.isDue(life)).isFalse();
  }

  @Test
  void firstWritesToFieldsAreHeldUntilThePoolIsKnown() {
    Part object = new Part();
    cycle(object, () -> object.value++);
    for (int i = 2; i < Judge.TRIAL; i++) {
      cycle(object, () -> {});
      assertThat(found()).isZero();
    }
    cycle(object, () -> {});
    assertThat(found()).isEqualTo(1);
    cycle(object, () -> object.value++);
    assertThat(found()).isEqualTo(2);
    assertThat(Fingerprints.pollAside()).isNull();
  }

  @Test
  void poolWhoseObjectsChangeByThemselvesIsSetAsideAndToldOnce() {
    Part object = new Part();
    for (int i = 0; i < 3 * Judge.TRIAL; i++) {
      cycle(object, () -> object.value++);
    }

    assertThat(found()).isZero();
    assertThat(life.print()).isNull();
    Aside aside = Fingerprints.pollAside();
    assertThat(aside).isNotNull();
    assertThat(aside.book()).isSameAs(book);
    assertThat(aside.objectClass()).isEqualTo(Part.class.getName());
    assertThat(aside.percent()).isEqualTo(100);
    assertThat(Fingerprints.pollAside()).isNull();
  }

  @Test
  void fingerprintDoesNotKeepItsObject() throws InterruptedException {
    byte[] object = new byte[10];
    WeakReference<byte[]> reference = new WeakReference<>(object);
    Fingerprints.take(book, life, object);
    assertThat(life.print()).isNotNull();
    object = null;
    for (int i = 0; i < 200 && reference.get() != null; i++) {
      System.gc();
      Thread.sleep(5);
    }
    assertThat(reference.get()).isNull();
  }

  @Test
  void atRateZeroNothingIsTaken() {
    Fingerprints.rate(0);
    byte[] object = new byte[10];
    cycle(object, () -> object[3]++);
    assertThat(life.print()).isNull();
    assertThat(found()).isZero();
  }

  /**
   * By chance of r a fault, and each for itself, three times 1/r of them all escape in 1 run of 20:
   * 95 runs of 100 find it, on the average of many, whatever the rhythm of the faults.
   */
  @Test
  void withinThreeTimesTheRateAWriteIsFoundInNinetyFiveRunsOfHundred() {
    Random random = new Random(7);
    for (int rate : new int[] {8, 100, 1024}) {
      for (int rhythm : new int[] {1, 2, 8, 1000, 1024}) {
        int runs = 10_000;
        int found = 0;
        for (int run = 0; run < runs; run++) {
          int salt = random.nextInt();
          for (int fault = 1; fault <= 3 * rate; fault++) {
            if (Fingerprints.draw(salt, (long) fault * rhythm, rate) == 0) {
              found++;
              break;
            }
          }
        }
        // The mean is 1 - (1 - 1/rate)^(3 rate), never below 0.9502; its error here is 0.0022.
        assertThat(found / (double) runs).as("1/%s, each %s", rate, rhythm).isGreaterThan(0.9436);
      }
    }
  }

  @Test
  void shareOfReturnsThatAreDueIsTheRate() {
    for (int rate : new int[] {2, 100, 1024}) {
      long due = 0;
      for (int salt = 0; salt < 1000; salt++) {
        for (int loan = 1; loan <= 1000; loan++) {
          due += Fingerprints.draw(salt * 0x9E3779B9, loan, rate) == 0 ? 1 : 0;
        }
      }
      double expected = 1e6 / rate;
      assertThat((double) due)
          .isBetween(expected - 4 * Math.sqrt(expected), expected + 4 * Math.sqrt(expected));
    }
  }
}
