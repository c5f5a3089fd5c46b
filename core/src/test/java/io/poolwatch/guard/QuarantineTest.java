package io.poolwatch.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.Breaker;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolSystem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which objects are taken out of circulation. */
class QuarantineTest {
  private final PoolBook book =
      new ObjectBook(PoolSystem.named("test").build(), new PoolFacts("Pool"));

  @BeforeEach
  void takeAll() {
    Wards.guard(10);
    Quarantine.rate(1, null);
  }

  @AfterEach
  void stop() {
    Quarantine.rate(0, null);
    Wards.guard(0);
  }

  /** Has nothing that would have to be released. */
  static final class Plain {
    int value;
  }

  static final class Buffered {
    ByteBuffer buffer;
  }

  static final class Closed implements AutoCloseable {
    @Override
    public void close() {}
  }

  /** Of a class that has a field of a type that its loader does not give. */
  public static final class Torn {
    Plain plain;

    /** Made by name. */
    public Torn() {}
  }

  @Test
  void objectsWithNothingToReleaseAreTaken() {
    assertThat(Quarantine.isDue(book, new Plain())).isTrue();
    assertThat(Quarantine.isDue(book, new Buffered())).isFalse();
    assertThat(Quarantine.isDue(book, new Closed())).isFalse();
  }

  @Test
  void nothingIsTakenWhoseUseNobodyWouldSee() {
    for (int i = 0; i < Breaker.LIMIT; i++) {
      book.system().guard().failed(new IllegalStateException("planted"));
    }

    assertThat(Quarantine.isDue(book, new Plain())).isFalse();
  }

  @Test
  void objectWhoseFieldsCannotBeReadIsNotTakenWhateverItsLoaderThrows() throws Exception {
    Class<?> torn = new TornLoader().define();

    assertThat(Quarantine.isDue(book, torn.getDeclaredConstructor().newInstance())).isFalse();
  }

  /** Throws something of its own where a class is not to be found. */
  private static final class TornLoader extends ClassLoader {
    TornLoader() {
      super(QuarantineTest.class.getClassLoader());
    }

    Class<?> define() {
      try (InputStream in = Torn.class.getResourceAsStream("QuarantineTest$Torn.class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(Torn.class.getName(), bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.equals(Plain.class.getName())) {
        throw new IllegalStateException("this loader is closed");
      }
      return super.loadClass(name, resolve);
    }
  }
}
